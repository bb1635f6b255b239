package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that can be written though nothing can take their place. */
class InPlaceUploadIT {

    /** A user name space of its own without any user: root there has no privilege here. */
    private static final List<String> WITHOUT_PRIVILEGES = List.of("unshare", "--user");

    /** The file "mounted" is a mount point, as a container's bound configuration is. */
    private static List<String> withMountedFile(Path home) {
        String mount = "mount --bind \"$0/source\" \"$0/mounted\" && exec \"$@\"";
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, home.toString());
    }

    @Test
    void aFileInADirectoryThatMayNotBeWrittenIsWrittenInPlace(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.standard().wrappedBy(WITHOUT_PRIVILEGES);
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Path directory = Files.createDirectory(server.home().resolve("cms"));
            Path file = Files.writeString(directory.resolve("config"), "the old configuration");
            Object inode = Files.getAttribute(file, "unix:ino");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));

            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                assertThat(client.expect(150, "STOR cms/config").text()).contains("in place");
                data.output().write("new".getBytes(StandardCharsets.US_ASCII));
            }
            client.expectReply(226);
            client.extendedPassive();
            client.expect(553, "STOR cms/another");

            assertThat(file).hasContent("new");
            assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void whatWasAppendedToADeletedFileIsAnsweredWith451(@TempDir Path folder) throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), Account.ALICE)) {
            Files.writeString(server.home().resolve("log"), "one");

            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "APPE log");
                other.expect(350, "RNFR log");
                other.expect(250, "RNTO log.1");
                other.extendedPassive();
                other.expect(450, "APPE log.1");
                other.expect(250, "DELE log.1");
                data.output().write("two".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.expectReply(451).text()).contains("/log: the file was replaced or deleted meanwhile");
        }
    }

    @Test
    void aFileThatIsAMountPointGetsTheBytes(@TempDir Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("source"), "the old configuration");
        Files.writeString(home.resolve("mounted"), "below the mount point");
        ServerOptions options = ServerOptions.standard().wrappedBy(withMountedFile(home));
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(client, "STOR mounted", "new".getBytes(StandardCharsets.US_ASCII))
                            .code())
                    .isEqualTo(226);

            assertThat(home.resolve("source")).hasContent("new");
            try (Stream<Path> files = Files.list(home)) {
                assertThat(files).hasSize(2);
            }
        }
    }
}
