package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several accounts may store together where one quota holds. */
class SharedQuotaIT {

    @TempDir
    Path folder;

    /** Its writer takes no room: it began where nothing counts. */
    @Test
    @Tag("attack")
    void aFileThatIsBeingWrittenIsNotMovedToWhereItWouldCount() throws IOException {
        Account bob = Account.ALICE.named("bob").atHome("bobs");
        Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(folder.resolve("ownerless"));
        Files.createDirectories(folder.resolve("bobs"));
        ServerOptions options = ServerOptions.standard().with(bob);
        try (ServerProcess server = LimitedServer.start(
                folder, options, "alice.quota-bytes=1000", "bob.folder./alice=home", "bob.folder./free=ownerless")) {
            await().until(() -> LimitedServer.quota(server).get("counted") != null);
            for (String path : new String[] {"log", "free/log"}) {
                writeAndMove(server, bob, path);
            }
        }
    }

    private void writeAndMove(ServerProcess server, Account bob, String path) throws IOException {
        try (ControlClient writer = ControlClient.login(server.address(), bob);
                ControlClient mover = ControlClient.login(server.address(), bob)) {
            assertThat(DataClient.sent(writer, "STOR " + path, new byte[1]).code())
                    .isEqualTo(226);
            try (DataClient data = DataClient.connect(writer.extendedPassive())) {
                writer.expect(150, "APPE " + path);
                mover.expect(350, "RNFR " + path);
                assertThat(mover.expect(450, "RNTO alice/log").text())
                        .isEqualTo("450 /" + path + ": another upload or a move of this file is under way.");
                data.output().write(new byte[5_000]);
            }
            writer.expectReply(226);
            assertThat(folder.resolve("home")).isEmptyDirectory();

            mover.expect(350, "RNFR " + path);
            assertThat(mover.expect(552, "RNTO alice/log").text()).contains("quota exceeded");
            mover.expect(250, "DELE " + path);
        }
        assertThat(LimitedServer.quota(server)).containsEntry("bytes", 0);
    }
}
