package dev.zeroftpd.it.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser: what it shows of a real server, and what its clicks do to a real client. */
class PageIT {

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    private static final Account CAROL = Account.ALICE.named("carol").atHome("carol");

    private static final int SLOWLY = 256 << 10;

    /** Whose transfers run as long as a browser looks at them. */
    private static final Account SLOW = new Account("slow", "wonderland", "home", true, SLOWLY, SLOWLY, 0, 0);

    private static final long LARGE = 64L << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(ServerOptions.standard()
            .with(BOB)
            .with(CAROL)
            .with(SLOW)
            .withUserLines(
                    "ftpserver.user.bob.quota-bytes=1000000",
                    "ftpserver.user.carol.quota-bytes=1000000",
                    "ftpserver.user.carol.quota-files=1")
            .with("admin.http", "127.0.0.1:0")
            .with("admin.path-prefix", "/ftp/"));

    @BeforeAll
    static void installs() throws IOException {
        Chromium.install();
    }

    private String link(String role) throws IOException {
        return Operator.ftpd(server, "web", "login", "--role", role)
                .expectExit(0)
                .output()
                .strip();
    }

    private static void assertEnded(ControlClient client) throws IOException {
        assertThat(client.expectReply(421).text()).contains("Ended by the administrator");
        assertThat(client.isEndedByServer()).isTrue();
    }

    @Test
    void isAccessibleOnEveryPageInBothThemesWideAndOnAPhone() throws IOException {
        Chromium.run("accessible.test.mjs");
    }

    @Test
    void showsTenThousandSessionsHostileNamesAndLostConnections() throws IOException {
        Chromium.run("simulated.test.mjs");
    }

    @Test
    void servesThoseWhoSitElsewhereOrSeeNoColours() throws IOException {
        Chromium.run("viewers.test.mjs");
    }

    @Test
    void isWorkedByTheKeyboardOnEveryPage() throws IOException {
        Chromium.run("keyboard.test.mjs");
    }

    /** A transfer that goes on, by a client that takes or gives all it can. */
    private static Thread running(ControlClient client, String line, DataClient data) throws IOException {
        client.expect(150, line);
        return Thread.startVirtualThread(() -> {
            try {
                if (line.startsWith("STOR")) {
                    while (true) {
                        data.output().write(new byte[1 << 16]);
                    }
                }
                data.input().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the test has seen enough
            }
        });
    }

    /** While files go out by both ways and one comes in. */
    @Test
    void showsWhoTakesTheBandwidthAndWhyItIsNotZeroCopy() throws Exception {
        PatternFile.write(server.home().resolve("large"), LARGE);
        List<Thread> transfers = new ArrayList<>();
        try (ControlClient out = ControlClient.login(server.address(), SLOW);
                DataClient outData = DataClient.connect(out.extendedPassive());
                ControlClient ascii = ControlClient.login(server.address(), SLOW);
                DataClient asciiData = DataClient.connect(ascii.extendedPassive());
                ControlClient in = ControlClient.login(server.address(), SLOW);
                DataClient inData = DataClient.connect(in.extendedPassive());
                ControlClient wrong = ControlClient.connect(server.address())) {
            wrong.expect(331, "USER alice");
            wrong.expect(530, "PASS wrong");
            out.expect(200, "TYPE I");
            transfers.add(running(out, "RETR large", outData));
            ascii.expect(200, "TYPE A");
            transfers.add(running(ascii, "RETR large", asciiData));
            in.expect(200, "TYPE I");
            transfers.add(running(in, "STOR arriving", inData));
            Chromium.run("load", link("admin"));
        }
        for (Thread transfer : transfers) {
            transfer.join();
        }
    }

    @Test
    void showsARealServerOnEveryPage() throws IOException {
        PatternFile.write(server.home().resolve("large"), LARGE);
        PatternFile.write(server.home().resolve("small"), 1000);
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            assertThat(DataClient.received(other, "RETR small")).hasSize(1000);
            assertThat(DataClient.sent(other, "STOR up", new byte[10]).code()).isEqualTo(226);
            client.expect(150, "RETR large");
            PatternFile.assertNext(data.input(), 0, 1000);
            Chromium.run("pages", link("admin"));
        }
    }

    @Test
    void showsWhoIsNearTheLimit() throws IOException {
        try (ControlClient bob = ControlClient.login(server.address(), BOB);
                ControlClient carol = ControlClient.login(server.address(), CAROL)) {
            assertThat(DataClient.sent(bob, "STOR file", new byte[850_000]).code())
                    .isEqualTo(226);
            assertThat(DataClient.sent(carol, "STOR file", new byte[10]).code()).isEqualTo(226);
        }
        Chromium.run("limits", link("admin"));
    }

    @Test
    void aClickEndsASession() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), BOB)) {
            Chromium.run("kick", link("admin"));
            assertEnded(client);
        }
        ControlClient.login(server.address(), BOB).close();
    }

    @Test
    void aClickBansAnAddressAndAnotherOneLiftsTheBan() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), BOB)) {
            Chromium.run("ban", link("admin"));
            assertEnded(client);
        }
        try (ControlClient refused = ControlClient.connectUngreeted(server.address())) {
            assertThat(refused.expectReply(421).text()).contains("may not connect");
        }
        Chromium.run("lift", link("admin"));
        ControlClient.login(server.address(), BOB).close();
    }

    @Test
    void aClickDisablesAnAccountAndAnotherOneEnablesIt() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), BOB)) {
            Chromium.run("disable", link("admin"));
            client.expectReply(421);
            assertThat(client.isEndedByServer()).isTrue();
        }
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER bob");
            client.expect(530, "PASS wonderland");
        }
        Chromium.run("enable", link("admin"));
        ControlClient.login(server.address(), BOB).close();
    }

    @Test
    @Tag("attack")
    void otherSitesDoNothingInASignedInBrowser() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), BOB)) {
            Chromium.run("foreign", link("admin"));
            client.expect(200, "NOOP");
        }
    }

    @Test
    @Tag("attack")
    void aViewerMayOnlyLook() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), BOB)) {
            Chromium.run("viewer", link("viewer"));
            client.expect(200, "NOOP");
        }
    }

    @Test
    @Tag("attack")
    void aLinkSignsInOneBrowserOnce() throws IOException {
        Chromium.run("link", link("admin"));
    }

    @Test
    @Tag("attack")
    void hostileNamesOfFilesAreOnlyShown() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : new String[] {
                "<script>alert(1)<",
                "<img src=x onerror=alert(1)>",
                "invoice\u202Efdp.exe",
                "\u001B[31mred",
                "W".repeat(255)
            }) {
                store(client, name.getBytes(UTF_8));
            }
            store(client, "caf\u00E9".getBytes(ISO_8859_1));
        }
        Chromium.run("names", link("admin"));
    }

    private static void store(ControlClient client, byte[] name) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("STOR ".getBytes(UTF_8));
        line.writeBytes(name);
        line.writeBytes("\r\n".getBytes(UTF_8));
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.sendBytes(line.toByteArray());
            client.expectReply(150);
            data.output().write(new byte[10]);
            data.end();
        }
        client.expectReply(226);
    }
}
