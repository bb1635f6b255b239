package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftpd drain} returns when the server has ended, and {@code ftpd reload} says what came of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainIT {

    private static final long SIZE = 64L << 20;

    @TempDir
    Path folder;

    private Process drain(ServerProcess server, String... words) throws IOException {
        List<String> command = Operator.command(server, words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("drain.out").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("drain.out"));
    }

    private void awaitSaid(String text) {
        await().until(() -> said().contains(text));
    }

    @Test
    void waitsForATransferAndForTheEndOfTheServer() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient idle = ControlClient.login(server.address(), Account.ALICE);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR file");
                PatternFile.assertNext(data.input(), 0, 1000);

                Process drain = drain(server, "drain", "--deadline", "1h");

                idle.expectReply(421);
                awaitSaid("Draining: sessions 1, transfers 1");
                assertThat(drain.isAlive()).isTrue();
                PatternFile.assertRest(data.input(), 1000, SIZE);
                client.expectReply(226);
                client.expectReply(421);
                assertThat(drain.waitFor()).isZero();
                assertThat(ProcessHandle.of(server.processId()).filter(ProcessHandle::isAlive))
                        .isEmpty();
                assertThat(said()).endsWith("Ended\n");
            }
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aSecondOrderToEndShortensTheFirst() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "RETR file");
                PatternFile.assertNext(data.input(), 0, 1000);
                Process drain = drain(server, "drain", "--deadline", "1h");
                awaitSaid("Draining: sessions 1, transfers 1");

                server.terminate(); // shutdown.grace is a second

                client.expectReply(426);
                client.expectReply(421);
                assertThat(drain.waitFor()).isZero();
            }
            assertThat(server.awaitExit()).isZero();
        }
    }

    /** With {@code shutdown.session-grace}, whose time a deadline can shorten. */
    @Test
    void sessionsGoOnUntilTheDeadline() throws Exception {
        ServerOptions patient = ServerOptions.standard().with("shutdown.session-grace", "1h");
        try (ServerProcess server = ServerProcess.start(folder, patient);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), 1000);
            Process drain = drain(server, "drain");
            server.awaitLogLine(line -> line.contains("Draining: 1 session"));
            for (int i = 0; i < 3; i++) {
                assertThat(DataClient.received(client, "RETR file")).hasSize(1000);
            }
            assertThat(drain.isAlive()).isTrue();

            assertThat(Operator.ftpd(server, "drain", "--deadline", "0s")
                            .expectExit(0)
                            .output())
                    .contains("Draining: sessions 1");

            client.expectReply(421);
            assertThat(drain.waitFor()).isZero();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void reloadSaysWhatChangedAndWhatWaits() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            assertThat(Operator.ftpd(server, "reload").expectExit(0).output())
                    .isEqualTo("Changed: nothing; accounts: 1\n");

            Path file = folder.resolve("ftpd.properties");
            String right = Files.readString(file);
            Files.writeString(file, right + "limits.sessions=1\nupload.umask=077\n");
            assertThat(Operator.ftpd(server, "reload").expectExit(0).output()).isEqualTo("""
                Changed: limits.sessions 10000 → 1; accounts: 1
                Waiting for a restart: upload.umask 022 → 077
                """);
            try (ControlClient only = ControlClient.login(server.address(), Account.ALICE);
                    ControlClient second = ControlClient.connectUngreeted(server.address())) {
                second.expectReply(421);
                only.expect(200, "NOOP");
            }

            Files.writeString(file, right + "limits.sessions=many\nnonsense=1\n");
            assertThat(Operator.ftpd(server, "reload").expectExit(2).errors())
                    .contains("error: " + file, "limits.sessions=many", "nonsense");
        }
    }

    @Test
    void reloadIsRefusedWhereTheAccountsAreWrong() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            Path users = folder.resolve("users.properties");
            Files.writeString(users, Files.readString(users) + "ftpserver.user.alice.enableflag=perhaps\n");
            assertThat(Operator.ftpd(server, "reload").expectExit(2).errors())
                    .contains("the accounts stay as they were, because " + users);
            ControlClient.login(server.address(), Account.ALICE).close();
        }
    }
}
