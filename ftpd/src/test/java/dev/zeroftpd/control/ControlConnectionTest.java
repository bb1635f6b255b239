package dev.zeroftpd.control;

import static dev.zeroftpd.control.BeginCommand.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlConnectionTest {

    @TempDir
    Path home;

    private final BeginCommand begin = new BeginCommand();
    private final BlockingQueue<Deferred> deferred = new LinkedBlockingQueue<>();
    private final CountDownLatch unblock = new CountDownLatch(1);
    private final TestServer.Options options = new TestServer.Options()
            .command("BEGN", begin)
            .command(
                    "DEFR",
                    (session, context, request) ->
                            deferred.add(ControlConnection.of(session).defer(session, request)))
            .command("BLCK", (session, context, request) -> {
                awaitUnblocked();
                reply(session, 200, "unblocked");
            })
            .command("FAIL", (session, context, request) -> {
                throw new IOException("on purpose");
            })
            .command("BUGS", (session, context, request) -> {
                throw new IllegalStateException("on purpose");
            })
            .command("DENY", (session, context, request) -> {
                throw new FtpException("on purpose");
            });

    private void awaitUnblocked() {
        try {
            unblock.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void letBlockedCommandsGo() {
        unblock.countDown();
    }

    @Test
    void answersPipelinedCommandsInOrder() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("NOOP", "PWD", "SYST", "EPSV", "TYPE I", "NOSUCH", "NOOP");
            client.expect(200, 257, 215, 229, 200, 500, 200);
        }
    }

    @Test
    void answersFarMorePipelinedCommandsThanTheQueueHolds() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            int count = 1_280; // of two lines each: forty times what a session may send ahead
            client.sendRaw("PWD\r\nBLCK\r\n".repeat(count).getBytes(StandardCharsets.US_ASCII));
            unblock.countDown();
            for (int i = 0; i < count; i++) {
                client.expect(257, 200);
            }
        }
    }

    @Test
    void refusesWhatNeedsALoginBeforeIt() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.connect()) {
            client.send("PWD", "FEAT", "SYST", "BEGN", "NOOP", "");
            client.expect(530, 211, 215, 530, 200, 500);
        }
    }

    @Test
    void answersNoopDuringATransferAndTheRestAfterIt() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            PendingTransfer transfer = begin.by(client);
            client.send("NOOP", "NOOP", "PWD", "NOOP");
            client.expect(200, 200);
            transfer.finish(() -> reply(transfer.session(), 226, "done"));
            client.expect(226, 257, 200);
        }
    }

    @Test
    void cancelsTheTransferWhenAborArrivesAndAnswersItAfterTheTransfer() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("BEGN", "PWD");
            client.expect(150);
            client.send("ABOR");
            assertThat(client.expect(426)).contains("ABOR");
            client.expect(257, 226);
        }
    }

    @Test
    void cancelsTheTransferWhenAborCameInTheSameSegment() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("BEGN", "ABOR", "NOOP");
            client.expect(150, 426, 226, 200);
        }
    }

    @Test
    void understandsAborBehindUrgentTelnetSignals() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("BEGN");
            client.expect(150);
            client.sendRaw(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff});
            client.socket.sendUrgentData(0xf2);
            client.send("ABOR");
            client.expect(426, 226);
        }
    }

    @Test
    void waitsWithQuitForTheEndOfTheTransfer() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("BEGN", "QUIT", "PWD");
            client.expect(150);
            PendingTransfer transfer = begin.next();
            transfer.finish(() -> reply(transfer.session(), 226, "done"));
            client.expect(226, 221);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void runsNothingWhileACommandIsDeferred() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("DEFR", "NOOP");
            Deferred command = deferred.poll(30, TimeUnit.SECONDS);
            assertThat(command).isNotNull();
            command.finish(() -> reply(command.session(), 230, "at last"));
            client.expect(230, 200);
        }
    }

    @Test
    void endsWithOnDisconnectAfterTheCompletionWhenTheClientResetsTheConnection() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        options.ftplet(new DefaultFtplet() {
            @Override
            public FtpletResult afterCommand(FtpSession session, FtpRequest request, FtpReply reply) {
                if (request.getCommand().equals("BEGN")) {
                    events.add("afterCommand " + reply.getCode());
                }
                return FtpletResult.DEFAULT;
            }

            @Override
            public FtpletResult onDisconnect(FtpSession session) {
                events.add("onDisconnect");
                return FtpletResult.DEFAULT;
            }
        });
        try (TestServer server = new TestServer(home, options)) {
            PendingTransfer transfer;
            try (TestClient client = server.login()) {
                client.send("BEGN", "PWD");
                client.expect(150);
                transfer = begin.next();
                transfer.progress(new BeginCommand.Moving(cause -> transfer.finish(() -> {
                    events.add("completion " + cause);
                    reply(transfer.session(), 426, "no client hears this");
                })));
                client.reset();
            }
            await().until(() -> server.connections.count() == 0);
            assertThat(events)
                    .containsExactly("completion " + Cause.CONTROL_CLOSED, "afterCommand 426", "onDisconnect");
        }
    }

    @Test
    void letsFtpletsSkipCommandsAndDisconnect() throws Exception {
        options.ftplet(new DefaultFtplet() {
            @Override
            public FtpletResult beforeCommand(FtpSession session, FtpRequest request) throws FtpException, IOException {
                return switch (request.getCommand()) {
                    case "SYST" -> {
                        session.write(new DefaultFtpReply(299, "mine"));
                        yield FtpletResult.SKIP;
                    }
                    case "STRU" -> FtpletResult.DISCONNECT;
                    default -> FtpletResult.DEFAULT;
                };
            }
        });
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("SYST", "NOOP", "STRU F", "NOOP");
            client.expect(299, 200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void servesOthersWhileManyCommandsBlock() throws Exception {
        List<TestClient> blocked = new ArrayList<>();
        try (TestServer server = new TestServer(home, options)) {
            for (int i = 0; i < CommandThreads.DEFAULT_LIMIT - 1; i++) {
                TestClient client = server.login();
                client.send("BLCK");
                blocked.add(client);
            }
            try (TestClient client = server.login()) {
                client.send("NOOP", "LANG", "PWD");
                client.expect(200, 200, 257);
            }
            unblock.countDown();
            for (TestClient client : blocked) {
                client.expect(200);
                client.close();
            }
        }
    }

    @Test
    void mapsWhatACommandThrowsAndGoesOn() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("FAIL", "BUGS", "DENY", "NOOP");
            client.expect(451, 451, 550, 200);
        }
    }

    @Test
    void refusesMalformedAndEndlessLinesAndGoesOn() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.sendRaw("CWD a\0b\r\n".getBytes(StandardCharsets.ISO_8859_1));
            client.expect(501);
            client.send("X".repeat(200_000), "NOOP");
            client.expect(500, 200);
        }
    }
}
