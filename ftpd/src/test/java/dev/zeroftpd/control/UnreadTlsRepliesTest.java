package dev.zeroftpd.control;

import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.dataconnection.tls.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that queues commands over TLS and leaves the replies unread. */
class UnreadTlsRepliesTest {

    /** So many of them that the kernel doesn't take them all, and so few that a command behind them still runs. */
    private static final int LONG_REPLIES = 12;

    private static final String LONG_TEXT = "x".repeat(1 << 20);
    private static final int QUEUED = 100; // more than the queue takes

    private final AtomicInteger longReplies = new AtomicInteger();

    /** MINA's TLS takes 64 messages and then fails: the commands in the queue must not make as many. */
    @Test
    @Tag("attack")
    void areAllSentWhenItBeginsToRead(@TempDir Path home) throws Exception {
        TestCertificate certificate = TestCertificate.create(home, "server", "EC");
        TestServer.Options options = new TestServer.Options()
                .tls(certificate.settings(SessionReuse.OPTIONAL), false)
                .command("LONG", (session, context, request) -> {
                    session.write(new DefaultFtpReply(200, LONG_TEXT));
                    longReplies.incrementAndGet();
                })
                .command("FULL", (session, context, request) -> {
                    await().until(() -> ControlConnection.inputPaused(session));
                    session.write(new DefaultFtpReply(250, "The queue is full."));
                });
        try (TestServer server = new TestServer(home, options);
                TestClient plain = server.connect()) {
            plain.send("AUTH TLS");
            plain.expect(234);
            SSLSocket socket = (SSLSocket)
                    certificate.clientOf(certificate).getSocketFactory().createSocket(plain.socket, "server", 21, true);
            TestClient secured = new TestClient(socket);
            secured.send("USER u", "PASS p");
            secured.expect(331, 230);

            secured.send(Collections.nCopies(LONG_REPLIES, "LONG").toArray(String[]::new));
            secured.send("FULL");
            secured.send(Collections.nCopies(QUEUED, "LONG").toArray(String[]::new));
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(500))
                    .until(() -> longReplies.get() > LONG_REPLIES
                            && longReplies.get() == before.getAndSet(longReplies.get()));

            expectLongReplies(secured, LONG_REPLIES);
            secured.expect(250);
            expectLongReplies(secured, QUEUED);
        }
    }

    private static void expectLongReplies(TestClient client, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            client.expect(200);
        }
    }
}
