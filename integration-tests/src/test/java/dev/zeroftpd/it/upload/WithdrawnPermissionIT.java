package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that may not be written to any more when the upload into it ends. */
class WithdrawnPermissionIT {

    /** A user name space of its own takes root's privileges away, and permissions count. */
    private static final List<String> WITHOUT_PRIVILEGES = List.of("unshare", "--user");

    @Test
    void replies553AndKeepsWhatCame(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.standard().wrappedBy(WITHOUT_PRIVILEGES);
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Path directory = Files.createDirectory(server.home().resolve("directory"));
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR directory/file");
                data.output().write("came".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> client.expect(211, "STAT").text().contains(" 4 bytes"));
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
            assertThat(client.expectReply(553).text())
                    .contains("/directory/file")
                    .doesNotContain("partial");

            client.extendedPassive();
            assertThat(client.expect(553, "STOR directory/another").text()).doesNotContain("partial");

            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(client.expect(213, "SIZE directory/file").text()).isEqualTo("213 4");
        }
    }
}
