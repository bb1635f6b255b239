package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told metrics and health, and what clients that ask badly can do. */
class HttpAccessIT {

    private static final String TOKEN = "0123456789abcdef-token";

    /** Two thirds of the requests that are answered at once. */
    private static final int STALLED = 40;

    @RegisterExtension
    private static final RunningServer SERVER = RunningServer.with(folder -> {
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        return ServerKeystore.in(folder, ServerOptions.standard())
                .with("admin.http", "127.0.0.1:0")
                .with("admin.allow-from", "127.0.0.1,127.0.0.2/31")
                .with("admin.host-names", "ftp.example.org")
                .with("admin.path-prefix", "/ftp")
                .with("admin.metrics-token-file", "token");
    });

    @RegisterExtension
    private static final RunningServer SECURE =
            RunningServer.with(folder -> ServerKeystore.in(folder, ServerOptions.standard())
                    .with("admin.http", "[::1]:0")
                    .with("admin.tls", "on"));

    private final Http http = Http.of(SERVER);

    @Test
    void metricsAreForThoseWhoHaveTheToken() throws IOException {
        assertThat(http.address().getPath()).isEqualTo("/ftp/");
        assertThat(http.get("metrics", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(200);
        assertThat(http.get("metrics", "authorization: bearer " + TOKEN).status())
                .isEqualTo(200);
        Http.Answer without = http.get("metrics");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.head()).containsIgnoringCase("WWW-Authenticate: Bearer");
        assertThat(without.body()).doesNotContain("zeroftpd_");
        for (String wrong : List.of(TOKEN + "x", TOKEN.substring(1), "", "*")) {
            assertThat(http.get("metrics", "Authorization: Bearer " + wrong).status())
                    .isEqualTo(401);
        }
        assertThat(http.get("metrics", "Authorization: Basic " + TOKEN).status())
                .isEqualTo(401);
        assertThat(http.get("health/ready").status()).isEqualTo(200);
        assertThat(http.get("health/live").status()).isEqualTo(200);
    }

    @Test
    void aReloadTakesAnotherTokenAndKeepsTheOldOneForABrokenFile() throws IOException {
        Files.writeString(SERVER.folder().resolve("token"), "short\n");
        SERVER.hangUp();
        SERVER.awaitLogLine(line -> line.contains("Kept the token for metrics"));
        assertThat(http.get("metrics", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(200);
        Files.writeString(SERVER.folder().resolve("token"), "another-" + TOKEN);
        SERVER.hangUp();
        await().untilAsserted(() -> assertThat(http.get("metrics", "Authorization: Bearer another-" + TOKEN)
                        .status())
                .isEqualTo(200));
        assertThat(http.get("metrics", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(401);
        Files.writeString(SERVER.folder().resolve("token"), TOKEN);
        SERVER.hangUp();
        await().untilAsserted(() -> assertThat(
                        http.get("metrics", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(200));
    }

    @Test
    @Tag("attack")
    void otherAddressesAreToldNothing() throws IOException {
        assertThat(http.getFrom("127.0.0.3", "health/ready").status()).isEqualTo(200);
        for (String path : List.of("metrics", "health/ready", "health/live", "", "other")) {
            Http.Answer answer = http.getFrom("127.0.0.4", path);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("Your address is not in admin.allow-from.\n");
        }
    }

    /** A page in a browser can reach this server under a name of its own (DNS rebinding), but can't say another. */
    @Test
    @Tag("attack")
    void anotherHostNameIsNotServed() throws IOException {
        for (String host : List.of(
                "localhost", "localhost:9121", "127.0.0.1", "[::1]:80", "ftp.example.org", "FTP.example.org:1")) {
            assertThat(http.get("health/ready", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(200);
        }
        for (String host : List.of("rebound.example", "127.0.0.1.example", "ftp.example.org.evil.example", "")) {
            assertThat(http.get("health/ready", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(421);
        }
        assertThat(http.get("health/ready", "Host: localhost", "Host: rebound.example")
                        .status())
                .isEqualTo(421);
    }

    @Test
    void onlyReadingIsKnown() throws IOException {
        assertThat(http.ask("HEAD /ftp/health/ready HTTP/1.1").body()).isEmpty();
        Http.Answer post = http.ask("POST /ftp/health/ready HTTP/1.1", "Content-Length: 0");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.head()).containsIgnoringCase("Allow: GET, HEAD");
        for (String path : List.of("/", "/metrics", "/ftp", "/ftp/metricsx", "/ftp/../ftp/metrics", "*")) {
            assertThat(http.ask("GET " + path + " HTTP/1.1").status()).as(path).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    @Tag("attack")
    void requestsThatNeverEndHoldUpNoOther() throws IOException {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                Socket socket = http.connect();
                stalled.add(socket);
                socket.getOutputStream().write("GET /ftp/metrics HTTP/1.1\r\nHo".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(http.get("health/ready").status()).isEqualTo(200);
            assertThat(http.get("metrics", "Authorization: Bearer " + TOKEN).status())
                    .isEqualTo(200);
            ControlClient.login(SERVER.address(), Account.ALICE).close();
            for (Socket socket : stalled) {
                assertThat(isEnded(socket)).isTrue();
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    @Tag("attack")
    void hugeRequestsEndWithTheirConnection() throws IOException {
        for (String huge :
                List.of("GET /" + "x".repeat(1 << 20), "GET /ftp/metrics HTTP/1.1\r\nX: " + "y".repeat(1 << 20))) {
            try (Socket socket = http.connect()) {
                try {
                    socket.getOutputStream().write(huge.getBytes(StandardCharsets.UTF_8));
                } catch (SocketException reset) {
                    continue;
                }
                assertThat(new String(bytesToWhateverEnd(socket), StandardCharsets.UTF_8))
                        .doesNotContain("200 OK");
            }
        }
        assertThat(http.get("health/ready").status()).isEqualTo(200);
    }

    private static byte[] bytesToWhateverEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void overTlsItHasTheCertificateThatIsTheServersNow() throws IOException {
        Http secure = Http.of(SECURE);
        assertThat(secure.isSecure()).isTrue();
        assertThat(secure.get("health/ready").status()).isEqualTo(200);
        assertThat(secure.metrics().body()).contains("zeroftpd_build_info{");
        X509Certificate before = secure.certificate();
        Files.move(
                ServerKeystore.make(Files.createDirectory(SECURE.folder().resolve("renewed"))),
                SECURE.folder().resolve("server.p12"),
                StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(secure.certificate()).isNotEqualTo(before));
        try (Socket clear = secure.connect()) {
            clear.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(bytesToWhateverEnd(clear), StandardCharsets.ISO_8859_1))
                    .doesNotContain("zeroftpd_");
        }
    }
}
