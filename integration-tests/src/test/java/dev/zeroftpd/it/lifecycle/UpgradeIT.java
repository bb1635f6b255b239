package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new process takes over the port while the old one lets its transfers end. */
class UpgradeIT {

    private static final long SIZE = 64L << 20;

    @TempDir
    private Path folder;

    @TempDir
    private Path second;

    @Test
    void aNewProcessServesWhileTheOldOneFinishes() throws IOException {
        ServerOptions options = ServerOptions.standard()
                .with("listener.port", Integer.toString(FreePorts.one()))
                .with("shutdown.grace", "60s");
        try (ServerProcess old = ServerProcess.start(folder, options);
                ControlClient idle = ControlClient.login(old.address(), Account.ALICE);
                ControlClient control = ControlClient.login(old.address(), Account.ALICE)) {
            PatternFile.write(old.home().resolve("file"), SIZE);
            try (DataClient data = DataClient.connect(control.extendedPassive())) {
                control.expect(150, "RETR file");
                PatternFile.assertNext(data.input(), 0, 1000);
                old.terminate();
                // Once idle sessions are told, the ports are free.
                idle.expectReply(421);

                try (ServerProcess next = ServerProcess.startCommand(second, serve(), 2)) {
                    assertThat(next.address()).isEqualTo(old.address());
                    assertThatItServes(next);

                    PatternFile.assertRest(data.input(), 1000, SIZE);
                    control.expectReply(226);
                    control.expectReply(421);
                    assertThat(old.awaitExit()).isZero();

                    assertThatItServes(next);
                }
            }
        }
    }

    private List<String> serve() {
        return List.of(
                Checkout.LAUNCHER.toString(),
                "serve",
                "--config",
                folder.resolve("ftpd.properties").toString());
    }

    private static void assertThatItServes(ServerProcess server) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            PatternFile.assertRest(data.input(), 0, SIZE);
            client.expectReply(226);
        }
    }
}
