package dev.zeroftpd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a disk that is too small, which is the home of a server in a mount name space of its own. */
class FullDiskIT {

    /** User and mount name spaces of its own, so that no privilege is needed and nothing is left. */
    private static List<String> withHomeOfOneMebibyte(Path home) {
        String mount = "mount -t tmpfs -o size=1m none \"$0\" && exec \"$@\"";
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, home.toString());
    }

    @Test
    void replies452KeepsTheOldFileAndGivesTheSpaceBack(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.standard().wrappedBy(withHomeOfOneMebibyte(folder.resolve("home")));
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(store(client, "file", 200_000).code()).isEqualTo(226);

            assertThat(store(client, "file", 3_000_000).code()).isEqualTo(452);

            assertThat(client.expect(213, "SIZE file").text()).isEqualTo("213 200000");
            assertThat(store(client, "another", 700_000).code()).isEqualTo(226);
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
