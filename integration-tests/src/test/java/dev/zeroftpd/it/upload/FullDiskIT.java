package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to a disk that is too small, which is the home of a server in a mount name space of its own. */
class FullDiskIT {

    /** User and mount name spaces of its own, so that no privilege is needed and nothing is left. */
    private static List<String> withHomeOfOneMebibyte(Path home) {
        String mount = "mount -t tmpfs -o size=1m none \"$0\" && exec \"$@\"";
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, home.toString());
    }

    /** The JDK passes on the C library's text, which is German on a machine that was told so and has the translation. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void replies452KeepsTheOldFileAndGivesTheSpaceBack(String language, @TempDir Path folder) throws IOException {
        List<String> wrapper = new ArrayList<>(List.of("env", "LANGUAGE=" + language));
        wrapper.addAll(withHomeOfOneMebibyte(folder.resolve("home")));
        ServerOptions options = ServerOptions.standard().wrappedBy(wrapper);
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(store(client, "file", 200_000).code()).isEqualTo(226);

            assertThat(store(client, "file", 3_000_000).text())
                    .startsWith("452")
                    .contains("No space left on device");

            assertThat(client.expect(213, "SIZE file").text()).isEqualTo("213 200000");
            assertThat(store(client, "another", 700_000).code()).isEqualTo(226);
        }
    }

    /** The kernel's own answer, put in by strace for one file: quotas need a file system that has them. */
    @Test
    void replies552WhereAQuotaIsExceeded(@TempDir Path folder) throws IOException {
        Path limited = folder.resolve("home/limited");
        ServerOptions options = ServerOptions.standard()
                .with("upload.mode", "direct")
                .wrappedBy(List.of(
                        "strace",
                        "-D",
                        "-f",
                        "-qq",
                        "-o",
                        folder.resolve("trace").toString(),
                        "-P",
                        limited.toString(),
                        "-e",
                        "inject=write,pwrite64:error=EDQUOT"));
        Files.createDirectories(limited.getParent());
        Files.writeString(limited, "");
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(store(client, "limited", 3_000_000).code()).isEqualTo(552);
            assertThat(store(client, "another", 1_000).code()).isEqualTo(226);
        }
    }

    private static Reply store(ControlClient client, String name, int size) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR " + name);
            data.output().write(PatternFile.bytes(0, size));
        } catch (SocketException resetByServer) {
            // it doesn't take what it can't keep
        }
        return client.reply();
    }
}
