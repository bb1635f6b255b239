package dev.zeroftpd.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server by https, whose certificate an authority of the operator's own has issued, says who may log in. */
class WebCheckIT {

    private static final String ACCOUNTS =
            AccountsFile.account("alice") + "ftpserver.group.guests.homedirectory=homes/ada\n";

    @TempDir
    private Path temporary;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable HttpsServer web;

    @BeforeEach
    void startWeb() throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.make(temporary.resolve("ca"));
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(
                authority.issue("web", "/CN=web", "subjectAltName=IP:127.0.0.1").context()));
        started.createContext("/", this::answer);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.start();
        web = started;
    }

    @AfterEach
    void stopWeb() {
        over.countDown();
        if (web != null) {
            web.stop(0);
        }
    }

    private int port() {
        return web == null ? 0 : web.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            String user = body.replaceFirst("(?s).*\"user\":\"([^\"]*)\".*", "$1");
            switch (user) {
                case "ada" ->
                    say(exchange, 200, body.contains("\"pa\\\"ss\"") ? "{\"answer\":\"yes\"}" : "{\"answer\":\"no\"}");
                case "whole" ->
                    say(
                            exchange,
                            200,
                            "{\"answer\":\"yes\",\"account\":{\"homedirectory\":\"" + temporary.resolve("homes/ada")
                                    + "\",\"groups\":\"\",\"maxloginnumber\":3,\"writepermission\":true}}");
                case "redirected" -> {
                    exchange.getResponseHeaders().add("Location", "/elsewhere");
                    say(exchange, 307, "");
                }
                case "empty" -> say(exchange, 200, "");
                case "html" -> say(exchange, 200, "<html>yes</html>");
                case "twice" -> say(exchange, 200, "{\"answer\":\"no\",\"answer\":\"yes\"}");
                case "nested" -> say(exchange, 200, "{\"answer\":\"yes\",\"account\":{\"role\":[\"admin\"]}}");
                case "large" -> say(exchange, 200, "{\"answer\":\"yes\",\"x\":\"" + "y".repeat(50_000) + "\"}");
                case "null" -> say(exchange, 200, "{\"answer\":null,\"account\":null}");
                case "error" -> say(exchange, 500, "{\"answer\":\"yes\"}");
                case "slow" -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                default -> say(exchange, 200, "{\"answer\":\"no\"}");
            }
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private ServerProcess start(String host, String authority) throws IOException {
        return start(host, authority, "60s"); // the first question of a server may take long on a busy machine
    }

    private ServerProcess start(String host, String authority, String timeout) throws IOException {
        return new CheckedServer(temporary)
                .start(
                        ServerOptions.standard()
                                .with("users.check", "https://" + host + ":" + port() + "/login")
                                .with("users.check-group", "guests")
                                .with("users.check-timeout", timeout)
                                .with("users.check-authorities", authority),
                        ACCOUNTS);
    }

    private static int code(ServerProcess server, String name, String password) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER " + name);
            return client.command("PASS " + password).code();
        }
    }

    @Test
    void letsInByYesAndByAWholeAccountAndKeepsOutByNo() throws IOException {
        try (ServerProcess server = start("127.0.0.1", "ca/ca.pem")) {
            assertThat(code(server, "ada", "pa\"ss")).isEqualTo(230);
            assertThat(code(server, "ada", "wrong")).isEqualTo(530);
            assertThat(code(server, "other", "wrong")).isEqualTo(530);
            try (ControlClient whole = ControlClient.connect(server.address())) {
                whole.expect(331, "USER whole");
                whole.expect(230, "PASS any");
                whole.expect(257, "MKD made");
            }
            assertThat(asked.getFirst())
                    .isEqualTo("{\"user\":\"ada\",\"password\":\"pa\\\"ss\",\"address\":\"127.0.0.1\",\"tls\":false}");
            assertThat(code(server, "alice", "secret")).isEqualTo(230);
            assertThat(asked).noneMatch(body -> body.contains("alice"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "redirected, status 307",
        "null, has no",
        "empty, no JSON",
        "html, no JSON",
        "twice, no JSON",
        "nested, neither text nor number in role",
        "large, longer than 16384 bytes",
        "error, status 500"
    })
    @Tag("attack")
    void everythingElseIsNoAnswerAndALineForTheOperator(String name, String line) throws IOException {
        try (ServerProcess server = start("127.0.0.1", "ca/ca.pem")) {
            assertThat(code(server, name, "any")).isEqualTo(421);

            assertThat(asked).hasSize(1);
            server.awaitLogLine(found -> found.contains("users.check") && found.contains(line));
        }
    }

    @Test
    @Tag("attack")
    void aServerThatDoesNotAnswerInTimeSaysNothing() throws IOException {
        try (ServerProcess server = start("127.0.0.1", "ca/ca.pem", "2s")) {
            assertThat(code(server, "slow", "any")).isEqualTo(421);
            server.awaitLogLine(found -> found.contains("users.check") && found.contains("no answer within 2000 ms"));
        }
    }

    @Test
    @Tag("attack")
    void noOtherServerIsAsked() throws IOException {
        CertificateAuthority.make(temporary.resolve("other"));
        try (ServerProcess server = start("127.0.0.1", "other/ca.pem")) {
            assertThat(code(server, "whole", "any")).isEqualTo(421);
            server.awaitLogLine(found -> found.contains("users.check doesn't answer"));
        }
        try (ServerProcess server = start("localhost", "ca/ca.pem")) { // not a name of that certificate
            assertThat(code(server, "whole", "any")).isEqualTo(421);
        }
        assertThat(asked).isEmpty();
    }
}
