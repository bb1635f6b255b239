package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a browser is let in to the page, and what it shows from then on. */
class SignInIT {

    @RegisterExtension
    private static final RunningServer SERVER = RunningServer.with(
            ServerOptions.standard().with("admin.http", "127.0.0.1:0").with("admin.path-prefix", "/ftp/"));

    @RegisterExtension
    private static final RunningServer SECURE =
            RunningServer.with(folder -> ServerKeystore.in(folder, ServerOptions.standard())
                    .with("admin.http", "[::1]:0")
                    .with("admin.tls", "on"));

    @RegisterExtension
    private static final RunningServer WITHOUT = RunningServer.standard();

    @Test
    @Tag("attack")
    void aLinkOfTheCommandSignsInOnceAndIsInNoRequestLine() throws IOException {
        URI link = URI.create(Operator.ftpd(SERVER, "web", "login", "--role", "admin", "--name", "ada")
                .expectExit(0)
                .output()
                .strip());
        assertThat(link.getQuery()).isNull();
        assertThat(link.getPath()).isEqualTo("/ftp/");
        assertThat(Browser.token(link)).hasSize(43);
        Browser browser = Browser.at(link);
        assertThat(browser.get("api/session").status()).isEqualTo(401);
        assertThat(browser.get("").status()).isEqualTo(200); // opening the link uses nothing up
        Browser.Answer signedIn = browser.signIn(link);
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json()).containsEntry("name", "ada").containsEntry("role", "admin");
        assertThat(browser.get("api/session").json()).containsEntry("name", "ada");

        Browser thief = Browser.at(link);
        Browser.Answer refused = thief.signIn(link);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json()).containsEntry("error", "token");
        assertThat(refused.header("Set-Cookie")).isEmpty();
        SERVER.awaitLogLine(line -> line.contains("ada 127.0.0.1 PAGE signed in as admin"));
        SERVER.awaitLogLine(line -> line.contains("A link to the live page that holds no more was tried from"));
        assertThat(SERVER.logText()).doesNotContain(Browser.token(link));
    }

    @Test
    @Tag("attack")
    void noScriptReadsTheCookieAndNoOtherSiteSendsIt() throws IOException {
        URI link = Browser.link(SERVER, "viewer");
        String cookie = Browser.at(link).signIn(link).header("Set-Cookie");
        assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Strict").contains("; Path=/ftp/;");
        assertThat(cookie).doesNotContain("Secure").doesNotContain("Max-Age").doesNotContain("Expires");
        URI secure = Browser.link(SECURE, "viewer");
        assertThat(secure.getScheme()).isEqualTo("https");
        assertThat(Browser.at(secure).signIn(secure).header("Set-Cookie"))
                .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    @Tag("attack")
    void guessedTokensAndCookiesLetNoBrowserIn() throws IOException {
        URI link = Browser.link(SERVER, "viewer");
        for (String wrong : List.of("", "x", Browser.token(link).toLowerCase(java.util.Locale.ROOT), "x".repeat(300))) {
            Browser browser = Browser.at(link);
            int status = browser.post("sign-in", Map.of("token", wrong)).status();
            assertThat(status).isIn(400, 401);
            assertThat(browser.get("api/session", "Cookie: " + "zeroftpd-page-" + link.getPort() + "=" + wrong)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(Browser.at(link).signIn(link).status()).isEqualTo(200); // wrong ones use nothing up
    }

    @Test
    @Tag("attack")
    void signingOutEndsTheStreamsAndTheCookie() throws IOException {
        Browser browser = Browser.signedIn(SERVER, "viewer");
        String before = browser.cookie();
        try (EventStream stream = browser.stream()) {
            stream.next("hello");
            Browser.Answer out = browser.post("sign-out", Map.of());
            assertThat(out.status()).isEqualTo(204);
            assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
            assertThat(stream.next("end").data()).containsEntry("why", "signed-out");
            assertThat(stream.isEnded()).isTrue();
        }
        SERVER.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE signed out"));
        assertThat(browser.cookie()).isEqualTo(before);
        assertThat(browser.get("api/session").status()).isEqualTo(401);
        assertThat(browser.post("transfers", Map.of()).status()).isEqualTo(401);
        try (EventStream refused = browser.stream()) {
            assertThat(refused.status()).isEqualTo(401);
        }
    }

    @Test
    void whatIsWrongWithALinkIsSaid() throws IOException {
        Command role = Operator.ftpd(SERVER, "web", "login", "--role", "king").expectExit(2);
        assertThat(role.errors()).contains("there is no role king");
        assertThat(Operator.ftpd(SERVER, "web", "login", "--role", "admin:nobodys")
                        .expectExit(1)
                        .errors())
                .contains("no account is in a group nobodys");
        assertThat(Operator.ftpd(WITHOUT, "web", "login", "--role", "admin")
                        .expectExit(1)
                        .errors())
                .contains("set admin.http=127.0.0.1:9121");
    }
}
