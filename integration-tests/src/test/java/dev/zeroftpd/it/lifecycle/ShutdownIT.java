package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: who is idle is told, who downloads gets the grace period, and the exit code is 0. */
class ShutdownIT {

    private static final long SIZE = 64L << 20;

    @TempDir
    Path folder;

    @Test
    void tellsIdleSessionsAndEndsWithZero() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient idle = ControlClient.login(server.address(), Account.ALICE)) {
            server.terminate();

            idle.expectReply(421);
            assertThat(idle.isEndedByServer()).isTrue();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void letsARunningTransferEnd() throws IOException {
        try (ServerProcess server =
                        ServerProcess.start(folder, ServerOptions.standard().with("shutdown.grace", "30s"));
                ControlClient idle = ControlClient.login(server.address(), Account.ALICE);
                ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "RETR file");
                PatternFile.assertNext(data.input(), 0, 1000);
                server.terminate();
                // Once idle sessions are told, the drain has begun.
                idle.expectReply(421);
                assertThatNobodyGetsIn(server);
                PatternFile.assertRest(data.input(), 1000, SIZE);
            }
            control.expectReply(226);
            control.expectReply(421);
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void endsATransferThatOutlastsTheGracePeriod() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "RETR file");
                PatternFile.assertNext(data.input(), 0, 1000);
                server.terminate();

                control.expectReply(426);
                control.expectReply(421);
                assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
            }
            assertThat(server.awaitExit()).isZero();
        }
    }

    private static void assertThatNobodyGetsIn(ServerProcess server) throws IOException {
        try (ControlClient late = ControlClient.connectUngreeted(server.address())) {
            assertThat(late.endsWithoutGreeting()).as("ended, or 421 and ended").isTrue();
        } catch (ConnectException refused) {
            assertThat(refused).hasMessageContaining("refused");
        }
    }
}
