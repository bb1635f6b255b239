package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other sites make a browser do that is signed in, and what clients say of themselves as if they were proxies. */
class ForgeryIT {

    private static final String KICK = "{\"command\":\"kick\",\"user\":\"alice\"}";

    private static final String EVIL = "https://evil.example";

    @RegisterExtension
    private static final RunningServer SERVER = RunningServer.with(ServerOptions.standard()
            .with("admin.http", "127.0.0.1:0")
            .with("admin.allow-from", "127.0.0.1,192.0.2.0/24")
            .with("admin.host-names", "ops.example.org")
            .with("admin.proxy-from", "127.0.0.5"));

    /** A form can be posted from anywhere, with the cookie where both are of one site; a script can't read what comes. */
    @Test
    @Tag("attack")
    void postsThatAreNotThePagesOwnDoNothing() throws IOException {
        Browser browser = Browser.signedIn(SERVER, "admin");
        String own = "Origin: " + browser.origin();
        try (ControlClient alice = ControlClient.login(SERVER.address(), Account.ALICE)) {
            List<List<String>> forged = List.of(
                    List.of(),
                    List.of(own),
                    List.of(own, Browser.OURS),
                    List.of(own, Browser.JSON_TYPE),
                    List.of(Browser.OURS, Browser.JSON_TYPE),
                    List.of("Origin: " + EVIL, Browser.OURS, Browser.JSON_TYPE),
                    List.of("Origin: null", Browser.OURS, Browser.JSON_TYPE),
                    List.of("Origin: http://127.0.0.1:1", Browser.OURS, Browser.JSON_TYPE),
                    List.of(own, "Origin: " + EVIL, Browser.OURS, Browser.JSON_TYPE),
                    List.of(own, Browser.OURS, "Content-Type: text/plain"),
                    List.of(own, Browser.OURS, "Content-Type: application/x-www-form-urlencoded"),
                    List.of(own, Browser.OURS, Browser.JSON_TYPE, "Sec-Fetch-Site: same-site"),
                    List.of(own, Browser.OURS, Browser.JSON_TYPE, "Sec-Fetch-Site: cross-site"));
            for (List<String> headers : forged) {
                Browser.Answer answer = browser.ask("POST", "api/do", KICK, headers.toArray(new String[0]));
                assertThat(answer.status()).as("%s", headers).isEqualTo(403);
                assertThat(answer.json()).containsEntry("error", "origin");
                assertThat(answer.head()).doesNotContainIgnoringCase("Access-Control-");
            }
            for (String site : List.of("same-site", "cross-site", "none")) {
                assertThat(browser.get("api/stream", "Sec-Fetch-Site: " + site).status())
                        .isEqualTo(403); // it would take the place of an open page
            }
            assertThat(browser.get("api/do").status()).isEqualTo(404);
            assertThat(browser.ask("PUT", "api/do", "").status()).isEqualTo(405);
            assertThat(browser.ask("OPTIONS", "api/do", "", "Origin: " + EVIL).status())
                    .isEqualTo(405);
            alice.expect(200, "NOOP");
            assertThat(browser.act(Map.of("command", "kick", "user", "alice")).status())
                    .isEqualTo(200);
            alice.expectReply(421);
        }
    }

    @Test
    @Tag("attack")
    void aNameOfTheAttackersLeadsNowhere() throws IOException {
        Browser browser = Browser.signedIn(SERVER, "admin");
        for (String path : List.of("", "api/session", "api/stream", "api/history")) {
            assertThat(browser.get(path, "Host: rebound.example").status()).isEqualTo(421);
        }
        assertThat(browser.ask(
                                "POST",
                                "api/do",
                                KICK,
                                "Host: rebound.example",
                                "Origin: http://rebound.example",
                                Browser.OURS,
                                Browser.JSON_TYPE)
                        .status())
                .isEqualTo(421);
        assertThat(browser.get("api/session", "Host: ops.example.org").status()).isEqualTo(200);
    }

    @Test
    @Tag("attack")
    void noSiteFramesThePageOrRunsScriptInIt() throws IOException {
        Browser.Answer index = Browser.at(Browser.link(SERVER, "viewer")).get("");
        assertThat(index.status()).isEqualTo(200);
        assertThat(index.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(index.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(index.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(index.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(index.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        String known = index.header("ETag");
        assertThat(Browser.at(Browser.link(SERVER, "viewer"))
                        .get("", "If-None-Match: " + known)
                        .status())
                .isEqualTo(304);
        for (String path :
                List.of("index.html", "files.txt", "../", "page.12345678.js/", "%2e%2e/files.txt", "Api.class")) {
            assertThat(Browser.at(Browser.link(SERVER, "viewer")).get(path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    @Tag("attack")
    void onlyAProxySaysWhoTheClientIs() throws IOException {
        String[] forged = {
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Prefix: /evil/"
        };
        URI link = Browser.link(SERVER, "viewer");
        Browser browser = Browser.at(link);
        String cookie = browser.signIn(link, forged).header("Set-Cookie");
        assertThat(cookie).contains("; Path=/;").doesNotContain("Secure");
        SERVER.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE signed in as viewer"));
        assertThat(SERVER.logText()).doesNotContain("192.0.2.7 PAGE");
        assertThat(Browser.from("127.0.0.9", link)
                        .get("api/session", "X-Forwarded-For: 127.0.0.1")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aProxySaysWhoTheClientIsAndUnderWhichNameItCame() throws IOException {
        URI link = Browser.link(SERVER, "viewer");
        Browser proxied = Browser.from("127.0.0.5", link);
        String[] said = {
            "X-Forwarded-For: 6.6.6.6, 192.0.2.9",
            "X-Forwarded-Host: ops.example.org",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Prefix: /ftp"
        };
        List<String> headers = new java.util.ArrayList<>(List.of(said));
        headers.add("Origin: https://ops.example.org");
        Browser.Answer signedIn = proxied.signIn(link, headers.toArray(new String[0]));
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).endsWith("; Path=/ftp/; HttpOnly; SameSite=Strict; Secure");
        SERVER.awaitLogLine(line -> line.contains("tester 192.0.2.9 PAGE signed in as viewer"));
        assertThat(proxied.get("api/session", said).status()).isEqualTo(200);
        assertThat(proxied.get("api/session", "X-Forwarded-For: 198.51.100.1").status())
                .isEqualTo(403);
        assertThat(proxied.get("api/session", "X-Forwarded-For: 192.0.2.9", "X-Forwarded-Host: evil.example")
                        .status())
                .isEqualTo(421);
        // as a browser on the proxy's machine can say it, led here by a name of the attacker's
        assertThat(proxied.get("api/session", "Host: rebound.example", said[0], said[1])
                        .status())
                .isEqualTo(421);
        assertThat(proxied.get("api/session", "X-Forwarded-For: alice").status())
                .isIn(403, 421);
    }

    @Test
    @Tag("attack")
    void requestsThatMakeNoSenseChangeNothing() throws IOException {
        Browser browser = Browser.signedIn(SERVER, "admin");
        for (String body : List.of(
                "",
                "[]",
                "null",
                "{\"command\":\"kick\"",
                "{\"command\":\"drain\"}",
                "{\"command\":\"kick\",\"user\":{\"a\":1}}",
                "[".repeat(5000),
                "{\"a\":".repeat(2000))) {
            assertThat(browser.ask(
                                    "POST",
                                    "api/do",
                                    body,
                                    "Origin: " + browser.origin(),
                                    Browser.OURS,
                                    Browser.JSON_TYPE)
                            .status())
                    .as(body)
                    .isBetween(400, 409);
        }
        assertThat(browser.ask(
                                "POST",
                                "api/do",
                                "{\"x\":\"" + "y".repeat(17 * 1024) + "\"}",
                                "Origin: " + browser.origin(),
                                Browser.OURS,
                                Browser.JSON_TYPE)
                        .status())
                .isEqualTo(413);
        assertThat(browser.post("view", Map.of("stream", "s1", "view", "now", "extra", true))
                        .status())
                .isEqualTo(404);
    }
}
