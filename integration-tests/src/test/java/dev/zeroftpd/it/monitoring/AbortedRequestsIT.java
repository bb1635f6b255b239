package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask and are gone before they are answered, more of them than the server has places for connections. */
class AbortedRequestsIT {

    private static final int MORE_THAN_PLACES = 200;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with("admin.http", "127.0.0.1:0"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/session HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\nhalf",
                "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\nhalf"
            })
    @Tag("attack")
    void leaveNothingBehind(String request) throws IOException {
        Http http = Http.of(server);
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            abort(http, request);
        }
        await().ignoreExceptions().until(() -> http.get("health/ready").status() == 200);
    }

    private static void abort(Http http, String request) throws IOException {
        try (Socket socket = http.connect()) {
            socket.setSoLinger(true, 0); // closing resets the connection
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException full) {
            assertThat(full).isNotNull(); // the server has no place for it: the answers afterwards tell
        }
    }
}
