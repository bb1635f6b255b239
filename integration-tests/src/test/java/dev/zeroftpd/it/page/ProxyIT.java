package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page behind Debian's nginx, with the lines of docs/live.md. */
class ProxyIT {

    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+\\.js)\"");

    private static final Pattern LINES = Pattern.compile("```nginx\\R(.+?)```", Pattern.DOTALL);

    private static final String DOCUMENTED = "http://127.0.0.1:9121/";

    /** Whom the server hears: not the address from which browsers come. */
    private static final String PROXY = "127.0.0.2";

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    @RegisterExtension
    private static final RunningServer SERVER = RunningServer.with(
            ServerOptions.standard().with(BOB).with("admin.http", "127.0.0.1:0").with("admin.proxy-from", PROXY));

    @TempDir
    private Path folder;

    private Process proxy;
    private URI clear;
    private URI encrypted;

    @BeforeEach
    void startsProxy() throws IOException {
        int port = FreePorts.one();
        int tlsPort = FreePorts.one();
        clear = URI.create("http://127.0.0.1:" + port + "/ftp/");
        encrypted = URI.create("https://127.0.0.1:" + tlsPort + "/ftp/");
        proxy = start(port, tlsPort, Browser.link(SERVER, "viewer").getPort());
        await().ignoreExceptions().until(() -> Browser.at(clear).get("").status() == 200);
    }

    @AfterEach
    void endsProxy() throws InterruptedException {
        proxy.destroy();
        proxy.waitFor();
    }

    /** In a browser, by TLS that ends at the proxy. */
    @Test
    void aBrowserSeesAndActsThroughAProxyAsItHappens() throws IOException {
        Chromium.install();
        try (ControlClient bob = ControlClient.login(SERVER.address(), BOB)) {
            Chromium.run("proxied", encrypted + "#login=" + Browser.token(Browser.link(SERVER, "admin")));
            bob.expectReply(421);
        }
        SERVER.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE kick session="));
    }

    @Test
    void aPageBehindAProxyIsToldAndActsAsOneInFront() throws Exception {
        URI link = Browser.link(SERVER, "admin");
        try (ControlClient alice = ControlClient.login(SERVER.address(), Account.ALICE)) {
            Browser browser = Browser.at(clear);
            Matcher script = SCRIPT.matcher(browser.get("").body());
            assertThat(script.find()).isTrue();
            assertThat(browser.get(script.group(1)).status()).isEqualTo(200);
            Browser.Answer signedIn = browser.signIn(link);
            assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
            assertThat(signedIn.header("Set-Cookie")).contains("; Path=/ftp/;");
            try (EventStream stream = browser.stream()) {
                browser.show(stream, "now", Map.of());
                stream.next(
                        event -> event.name().equals("sessions") && event.json().contains("alice"));
                assertThat(browser.act(Map.of("command", "kick", "user", "alice"))
                                .status())
                        .isEqualTo(200);
                alice.expectReply(421);
                stream.next(
                        event -> event.name().equals("sessions") && event.json().contains("\"total\":0"));
            }
            assertThat(browser.post("sign-out", Map.of(), "Origin: https://evil.example")
                            .status())
                    .isEqualTo(403);
        }
    }

    private Process start(int port, int tlsPort, int server) throws IOException {
        Matcher lines = LINES.matcher(Files.readString(Checkout.ROOT.resolve("docs/live.md")));
        assertThat(lines.find()).isTrue();
        assertThat(lines.group(1)).contains(DOCUMENTED);
        String documented = lines.group(1).replace(DOCUMENTED, "http://127.0.0.1:" + server + "/");
        Command.run(
                        folder,
                        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem"
                                .concat(" -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1")
                                .split(" "))
                .expectExit(0);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/nginx.pid;
                    error_log stderr;
                    events { worker_connections 64; }
                    http {
                        access_log off;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        server {
                            listen 127.0.0.1:%2$d;
                            listen 127.0.0.1:%3$d ssl;
                            ssl_certificate cert.pem;
                            ssl_certificate_key key.pem;
                            proxy_bind %4$s;
                            %5$s
                        }
                    }
                    """.formatted(folder, port, tlsPort, PROXY, documented));
        return new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
    }
}
