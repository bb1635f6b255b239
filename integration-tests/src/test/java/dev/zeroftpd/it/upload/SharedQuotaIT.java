package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several accounts may store together where one quota holds. */
class SharedQuotaIT {

    private static final int UPLOADS = 40;
    private static final int SIZE = 300_000;

    /** Room for 15 of them, and for a third of one more. */
    private static final long QUOTA = 15L * SIZE + SIZE / 3;

    @TempDir
    Path folder;

    @Test
    void uploadsOfTwoAccountsAtOnceNeverHaveMoreTogetherThanTheQuotaOfTheirHome() throws Exception {
        Account bob = Account.ALICE.named("bob");
        ServerOptions options = ServerOptions.standard().with(bob);
        try (ServerProcess server =
                LimitedServer.start(folder, options, "alice.quota-bytes=" + QUOTA, "bob.quota-bytes=" + QUOTA)) {
            await().until(() -> LimitedServer.quota(server).get("counted") != null);
            List<Future<Integer>> ends = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS)) {
                for (int i = 0; i < UPLOADS; i++) {
                    Account account = i % 2 == 0 ? Account.ALICE : bob;
                    String name = "upload-" + i;
                    ends.add(threads.submit(() -> upload(server, account, name, SIZE)));
                }
            }
            int complete = 0;
            for (Future<Integer> end : ends) {
                assertThat(end.get()).isIn(226, 552);
                complete += end.get() == 226 ? 1 : 0;
            }
            assertThat(complete).isBetween(1, 15);
            assertThat(LimitedServer.bytesOnDisk(server)).isEqualTo((long) complete * SIZE);

            for (int i = complete; i < 15; i++) {
                assertThat(upload(server, i % 2 == 0 ? bob : Account.ALICE, "more-" + i, SIZE))
                        .isEqualTo(226);
            }
            assertThat(upload(server, bob, "too-much", SIZE / 3 + 1)).isEqualTo(552);
            assertThat(upload(server, Account.ALICE, "the-rest", SIZE / 3)).isEqualTo(226);
            assertThat(upload(server, bob, "one-byte", 1)).isEqualTo(552);
            assertThat(LimitedServer.bytesOnDisk(server)).isEqualTo(QUOTA);
            assertThat(LimitedServer.scan(server))
                    .containsEntry("bytes", (int) QUOTA)
                    .containsEntry("bytes_corrected", 0)
                    .containsEntry("files_corrected", 0)
                    .containsEntry("exact", true);
        }
    }

    private static int upload(ServerProcess server, Account account, String name, int size) throws IOException {
        FTPClient client = CommonsNet.login(server.address(), Way.Mode.PASSIVE, account);
        try {
            client.storeFile(name, new ByteArrayInputStream(PatternFile.bytes(0, size)));
            return client.getReplyCode();
        } catch (IOException resetByServer) {
            return client.getReply();
        } finally {
            client.disconnect();
        }
    }

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
