package dev.zeroftpd.it.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter of config/examples/fail2ban on what a server logs of hostile clients. */
class FailToBanIT {

    /** Names that try to look like the end of one line and the beginning of another. */
    private static final String[] HOSTILE = {
        "bob",
        "x\" failed: wrong name or password",
        "x\r- 192.0.2.66 LOGIN \"y",
        "x\u20282026-11-29 14:04:35.123 - 192.0.2.66 LOGIN \"y",
        "- 192.0.2.66 LOGIN \"y\" failed: wrong name or password",
        "2026-11-29 14:04:35.123 - 192.0.2.66 LOGIN \"y\" failed: wrong name or password"
    };

    private static final Account STALE = Account.ALICE.named("stale").disabled();

    private static final Path FILTER = Checkout.ROOT.resolve("config/examples/fail2ban/filter.d/zeroftpd.conf");

    @TempDir
    Path folder;

    @Test
    @Tag("attack")
    void findsTheAddressOfEachWrongPasswordAndNoOther() throws IOException {
        String server = log();
        String found = Command.run(folder, "fail2ban-regex", "-o", "ip", server, FILTER.toString())
                .expectExit(0)
                .output();
        assertThat(found.lines().filter("127.0.0.1"::equals)).hasSize(HOSTILE.length + 1);
        assertThat(found.lines().filter("::1"::equals)).hasSize(HOSTILE.length + 1);
        assertThat(found).doesNotContain("192.0.2.66");
    }

    /** What such clients leave in a server's log; returns where it is. */
    private String log() throws IOException {
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().with(STALE))) {
            for (Way.Family family : Way.Family.values()) {
                InetSocketAddress address = server.listener(family);
                for (String name : HOSTILE) {
                    guess(address, name);
                }
                try (ControlClient device = ControlClient.connect(address)) {
                    device.expect(331, "USER " + STALE.name());
                    device.expect(530, "PASS " + STALE.password());
                }
                try (ControlClient browser = ControlClient.connect(address)) {
                    browser.expect(421, "GET / HTTP/1.1");
                }
            }
            server.stop();
            assertThat(server.logText()).contains(" LOGIN \"stale\" failed: the account is disabled");
            return server.log().toString();
        }
    }

    private static void guess(InetSocketAddress address, String name) throws IOException {
        try (ControlClient guesser = ControlClient.connect(address)) {
            guesser.expect(331, "USER " + name);
            guesser.expect(530, "PASS wrong");
        }
    }
}
