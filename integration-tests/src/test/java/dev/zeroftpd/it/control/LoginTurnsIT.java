package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many guesses from one address: a log-in from another doesn't wait for all of them. */
@Tag("attack")
class LoginTurnsIT {

    private static final int GUESSES = 40;

    private static final int MANY = 300;

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

    private final List<String> answered = new CopyOnWriteArrayList<>();

    @Test
    void anotherAddressIsServedInItsTurn(@TempDir Path folder) throws Exception {
        List<ControlClient> guessers = new ArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        try (ServerProcess server =
                        ServerProcess.start(folder, ServerOptions.standard().with(ANN));
                ControlClient ann = ControlClient.connect(server.listener(Way.Family.IPV6))) {
            ann.expect(331, "USER ann");
            for (int i = 0; i < GUESSES; i++) {
                ControlClient guesser = ControlClient.connect(server.address());
                guessers.add(guesser);
                guesser.expect(331, "USER ann");
            }
            for (ControlClient guesser : guessers) {
                guesser.send("PASS guess");
                waiting.add(Thread.ofVirtual().start(() -> awaitAnswer(guesser)));
            }
            ann.expect(230, "PASS wonderland");
            answered.add("ann");
            for (Thread each : waiting) {
                each.join();
            }
            assertThat(answered).hasSize(GUESSES + 1);
            assertThat(answered.indexOf("ann")).isLessThan(GUESSES / 2);
        } finally {
            for (ControlClient guesser : guessers) {
                guesser.close();
            }
        }
    }

    /** From the same address, so that nothing but the end of those clients lets the next one pass. */
    @Test
    void passwordsOfClientsThatLeftWaitBehindThoseOfOthers(@TempDir Path folder) throws Exception {
        try (ServerProcess server = start(folder);
                ControlClient ann = ControlClient.connect(server.address())) {
            ann.expect(331, "USER ann");
            List<ControlClient> guessers = guessers(server, MANY);
            for (ControlClient guesser : guessers) {
                guesser.send("PASS guess");
                guesser.close();
            }
            ann.expect(230, "PASS wonderland");
            assertThat(guessesRefusedBy(server)).isLessThan(MANY / 2);
        }
    }

    @Test
    void aPasswordThatIsRememberedWaitsBehindNone(@TempDir Path folder) throws Exception {
        List<ControlClient> guessers = List.of();
        try (ServerProcess server = start(folder);
                ControlClient ann = ControlClient.connect(server.address());
                ControlClient again = ControlClient.connect(server.address())) {
            ann.expect(331, "USER ann");
            again.expect(331, "USER ann");
            ann.expect(230, "PASS wonderland");
            guessers = guessers(server, MANY);
            for (ControlClient guesser : guessers) {
                guesser.send("PASS guess");
            }
            again.expect(230, "PASS wonderland");
            assertThat(guessesRefusedBy(server)).isLessThan(MANY / 2);
        } finally {
            for (ControlClient guesser : guessers) {
                guesser.close();
            }
        }
    }

    private static ServerProcess start(Path folder) throws IOException {
        return ServerProcess.start(folder, ServerOptions.standard().with(ANN).with("admin.http", "127.0.0.1:0"));
    }

    /** As its metrics count them. */
    private static int guessesRefusedBy(ServerProcess server) throws IOException {
        String told = server.awaitLogLine(line -> line.contains("Metrics and health on "));
        URI metrics = URI.create(told.substring(told.lastIndexOf(' ') + 1)).resolve("metrics");
        String counted = "zeroftpd_logins_total{result=\"password\"} ";
        try (InputStream answer = metrics.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(counted))
                    .mapToInt(line -> Integer.parseInt(line.substring(counted.length())))
                    .sum();
        }
    }

    private static List<ControlClient> guessers(ServerProcess server, int count) throws IOException {
        List<ControlClient> guessers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ControlClient guesser = ControlClient.connect(server.address());
            guesser.expect(331, "USER ann");
            guessers.add(guesser);
        }
        return guessers;
    }

    private void awaitAnswer(ControlClient guesser) {
        try {
            guesser.expectReply(530);
            answered.add("a guess");
        } catch (IOException e) {
            answered.add("no answer: " + e.getMessage());
        }
    }
}
