package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftpd top} in a terminal. */
class TopIT {

    private static final long SIZE = 64L << 20;

    private static final String ESCAPE = "\u001b";
    private static final String DOWN = "\u001b[B";
    private static final String CTRL_C = "\u0003";

    private static final String LEAVES_THE_SCREEN = "\u001b[?1049l";

    private static final Account BOB = Account.ALICE.named("bob").atHome("bob");

    @TempDir
    Path folder;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(BOB));

    /** In a shell, which says afterwards how the terminal was left. */
    private PseudoTerminal top(ServerUnderTest of) throws IOException {
        String command = String.join(" ", Operator.command(of, "top", "--interval", "500ms"));
        PseudoTerminal terminal =
                PseudoTerminal.run(folder, List.of("/bin/sh", "-c", command + "; code=$?; stty -a; exit $code"));
        terminal.resize(24, 120);
        return terminal;
    }

    private static void awaitShown(PseudoTerminal terminal, String text) {
        await().until(() -> terminal.shows(text));
    }

    private static void assertLeftAsItWas(PseudoTerminal terminal, int exitCode) throws Exception {
        assertThat(terminal.awaitExit()).as(terminal.written()).isEqualTo(exitCode);
        assertThat(terminal.written()).contains(LEAVES_THE_SCREEN, "\nisig icanon iexten echo ");
    }

    @Test
    void showsFiltersAndEndsSessions() throws Exception {
        PatternFile.write(server.home().resolve("file"), SIZE);
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), BOB);
                DataClient data = DataClient.connect(client.extendedPassive());
                PseudoTerminal terminal = top(server)) {
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);
            awaitShown(terminal, "RETR /file");
            assertThat(terminal.written()).contains("sessions 2", "SESSION", "zero-copy", "bob");

            terminal.type("/bob");
            await().until(() -> terminal.shows("filter: bob") && !terminal.shows("alice"));
            terminal.type(ESCAPE);
            awaitShown(terminal, "alice");

            terminal.type(DOWN); // the fastest
            terminal.type("k");
            awaitShown(terminal, " of alice from 127.0.0.1? y/n");
            terminal.type("n");
            await().until(() -> !terminal.shows("y/n"));
            client.expect(200, "NOOP");
            terminal.type("ky");
            client.expectReply(426);
            client.expectReply(421);
            awaitShown(terminal, "Ended session ");
            other.expect(200, "NOOP");

            terminal.type("q");
            assertLeftAsItWas(terminal, 0);
        }
    }

    @Test
    void followsTheSizeOfItsWindow() throws Exception {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                PseudoTerminal terminal = top(server)) {
            awaitShown(terminal, "alice");
            terminal.resize(8, 40);
            await().until(() -> terminal.screen().size() == 8);
            assertThat(terminal.screen()).allMatch(line -> line.length() < 40);
            client.expect(200, "NOOP");
            terminal.type(CTRL_C);
            assertLeftAsItWas(terminal, 0);
        }
    }

    @Test
    void endsWithTheServer() throws Exception {
        try (ServerProcess ending = ServerProcess.start(folder, ServerOptions.standard());
                PseudoTerminal terminal = top(ending)) {
            awaitShown(terminal, "sessions 0");
            ending.stop();
            assertLeftAsItWas(terminal, 3);
            assertThat(terminal.written()).contains("error: the server ended the connection");
        }
    }

    @Test
    void needsATerminal() throws IOException {
        assertThat(Operator.ftpd(server, "top").expectExit(1).errors())
                .endsWith("error: top needs a terminal; \"ftpd who\" prints the sessions\n");
        Operator.ftpd(server, "top", "--interval", "1h").expectExit(2);
    }
}
