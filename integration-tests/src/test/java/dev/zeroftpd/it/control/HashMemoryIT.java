package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory that strangers can make the server hold by wrong passwords, with the launcher's own options: each strong hash
 * takes 19 MiB while it is computed.
 */
@Tag("attack")
class HashMemoryIT {

    private static final int CLIENTS = 16;

    /**
     * Before hashes shared their memory, 160 of them took over 2 GiB, and kept it. {@code -Dmemory.guesses=25} for the 400 that
     * took over 5 GiB; that is a minute on a busy machine.
     */
    private static final int GUESSES_EACH = Integer.getInteger("memory.guesses", 10);

    private static final int MOST_MEBIBYTES = 256;

    private static final int MOST_AFTERWARDS = 160;

    /** The password is {@code wonderland}. */
    private static final Account ANN = new Account(
            "ann",
            "$argon2id$v=19$m=19456,t=2,p=1$Jqp+LpdXKxKWzQ9U5CqNWg$eGWLqvFdNqtbcmDf3QEslSaBYA03ppLaMG6B+23Vv5E",
            "home",
            true,
            0,
            0,
            0,
            0);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void wrongPasswordsCostLittleMemoryAndItIsGivenBack(@TempDir Path folder) throws Exception {
        ServerProcess.writeConfiguration(
                folder, ServerOptions.standard().with(ANN).with("limits.login-failures", "1000"));
        List<String> ftpd = List.of(
                Checkout.LAUNCHER.toString(),
                "serve",
                "--config",
                folder.resolve("ftpd.properties").toString());
        try (ServerProcess server = ServerProcess.startCommand(folder, ftpd, 2)) {
            guessAtOnce(server.address());

            assertThat(server.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
            await().atMost(Duration.ofMinutes(1)).until(() -> server.residentMebibytes() < MOST_AFTERWARDS);
            try (ControlClient ann = ControlClient.connect(server.address())) {
                ann.expect(331, "USER ann");
                ann.expect(230, "PASS wonderland");
            }
        }
    }

    private static void guessAtOnce(InetSocketAddress server) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(() -> guess(server));
            }
            for (Future<Void> guessed : clients.invokeAll(all)) {
                guessed.get();
            }
        }
    }

    private static Void guess(InetSocketAddress server) throws IOException {
        try (ControlClient client = ControlClient.connect(server)) {
            for (int i = 0; i < GUESSES_EACH; i++) {
                client.expect(331, "USER ann");
                client.expect(
                        530, "PASS always the same"); // each other one would be answered later than the one before
            }
        }
        return null;
    }
}
