package dev.zeroftpd.control;

import static dev.zeroftpd.control.BeginCommand.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ftpserver.impl.FtpIoSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sessions end that the server ends: over the limit, idle, drained, stopped; and which go on. */
class SessionEndTest {

    @TempDir
    Path home;

    private final BeginCommand begin = new BeginCommand();
    private final TestServer.Options options = new TestServer.Options().command("BEGN", begin);
    private final AtomicLong clock = new AtomicLong(System.nanoTime());

    @Test
    void refusesConnectionsBeyondTheLimitWith421() throws Exception {
        try (TestServer server = new TestServer(home, options.limit(2))) {
            try (TestClient first = server.connect();
                    TestClient second = server.connect();
                    TestClient third = new TestClient(server.listener.getPort())) {
                third.expect(421);
                assertThat(third.isClosedByServer()).isTrue();
                first.send("NOOP");
                first.expect(200);
                second.send("NOOP");
                second.expect(200);
            }
            await().until(() -> server.connections.count() == 0);
            server.connect().close();
        }
    }

    @Test
    void closesAnIdleSessionWith421ButNoneThatTransfers() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            PendingTransfer transfer = begin.by(client);
            FtpIoSession session =
                    server.listener.getActiveSessions().iterator().next();
            passAnHour(session);
            passAnHour(session);
            client.send("NOOP");
            client.expect(200);
            transfer.finish(() -> reply(transfer.session(), 226, "done"));
            client.expect(226);
            await().until(() -> {
                passAnHour(session);
                return session.isClosing();
            });
            client.expect(421);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void drainsIdleSessionsAtOnceAndOthersAfterTheirTransfer() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient idle = server.login();
                TestClient busy = server.login()) {
            PendingTransfer transfer = begin.by(busy);
            assertThat(server.connections.transferring()).isEqualTo(1);
            server.connections.drain("Shutting down.");
            idle.expect(421);
            try (TestClient late = new TestClient(server.listener.getPort())) {
                late.expect(421);
            }
            transfer.finish(() -> reply(transfer.session(), 226, "done"));
            busy.expect(226, 421);
            assertThat(busy.isClosedByServer()).isTrue();
        }
    }

    @Test
    void endsTransfersWith426And421WhenTheGraceIsOver() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient busy = server.login()) {
            begin.by(busy);
            server.connections.drain("Shutting down.");
            server.connections.cancelTransfers();
            assertThat(busy.expect(426)).contains("SHUTDOWN");
            busy.expect(421);
        }
    }

    @Test
    void keepsSessionsWhileSuspended() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            server.listener.suspend();
            client.send("NOOP");
            client.expect(200);
            server.listener.resume();
            server.connect().close();
        }
    }

    @Test
    void stopsWithSessionsOpenAndATransferUnderWay() throws Exception {
        TestServer server = new TestServer(home, options);
        try (TestClient idle = server.login();
                TestClient busy = server.login()) {
            begin.by(busy);
            server.close();
            assertThat(server.connections.count()).isZero();
            assertThat(server.listener.isStopped()).isTrue();
            assertThat(idle.isClosedByServer()).isTrue();
        }
    }

    /** As the clock does for the session's I/O thread, whose real one is far behind. */
    private void passAnHour(FtpIoSession session) {
        ControlConnection.of(session).endIfIdle(clock.addAndGet(TimeUnit.HOURS.toNanos(1)));
    }
}
