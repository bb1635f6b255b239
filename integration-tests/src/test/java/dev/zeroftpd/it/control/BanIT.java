package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.GuestNetwork;
import dev.zeroftpd.it.support.GuestNetwork.GuestClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients on another machine that guess passwords are kept out, and no others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("attack")
class BanIT {

    private static final String GUESSER = "198.51.100.3";
    private static final String OTHER = "198.51.100.4";

    /** Few: each answer comes twice as late as the one before. */
    private static final int FAILURES = 3;

    private static final int RESETS = 200;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Enough that their passwords are still being verified when there have been too many. */
    private static final int AT_ONCE = FAILURES + 4 * PROCESSORS;

    @TempDir
    private Path folder;

    private GuestNetwork network;
    private ServerProcess server;

    @BeforeEach
    void startServer() throws IOException {
        network = new GuestNetwork(folder);
        server = start();
    }

    private ServerProcess start() throws IOException {
        ServerOptions options = ServerOptions.standard()
                .with("listener.address", GuestNetwork.SERVER)
                .with("process.user", "root") // of its own user namespace
                .with("ban.failures", FAILURES + "/10m")
                .with("ban.names", "root")
                .with("limits.login-failures", "2")
                .wrappedBy(network.wrapper());
        for (int i = 0; i <= FAILURES; i++) {
            options = options.with(Account.ALICE.named("left" + i).disabled());
        }
        return ServerProcess.start(folder, options);
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
        network.close();
    }

    private GuestClient connect(String from) throws IOException {
        return network.connect(from, server.address().getPort());
    }

    private record Guess(String name, String password) {}

    private void guess(String from, String name, String password) throws IOException {
        guess(from, List.of(new Guess(name, password)));
    }

    /** Each on a connection of its own, all at once: the answers to wrong passwords come later and later. */
    private void guess(String from, List<Guess> guesses) throws IOException {
        List<GuestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < guesses.size(); i++) {
                GuestClient client = connect(from);
                clients.add(client);
                client.expect(220);
            }
            for (int i = 0; i < guesses.size(); i++) {
                Guess guess = guesses.get(i);
                clients.get(i).send("USER " + guess.name(), "PASS " + guess.password());
            }
            for (GuestClient client : clients) {
                client.expect(331);
                assertThat(client.reply()).isIn(421, 530);
            }
        } finally {
            clients.forEach(GuestClient::close);
        }
    }

    private void guessOften(String from, int times) throws IOException {
        guess(
                from,
                IntStream.range(0, times)
                        .mapToObj(i -> new Guess("alice", "guess " + i))
                        .toList());
    }

    private void guessTooOften(String from) throws IOException {
        guessOften(from, FAILURES);
    }

    private void assertBanned(String from) throws IOException, InterruptedException {
        try (GuestClient client = connect(from)) {
            client.expect(421);
            client.expectEnd();
        }
    }

    private void logIn(String from) throws IOException {
        try (GuestClient client = connect(from)) {
            client.expect(220);
            client.send("USER alice", "PASS wonderland");
            client.expect(331, 230);
        }
    }

    @Test
    void anAddressThatGuessesIsKeptOutAlsoAfterARestart() throws Exception {
        guessTooOften(GUESSER);
        assertBanned(GUESSER);
        logIn(OTHER);

        server.close();
        network.close();
        server = start();

        assertBanned(GUESSER);
        logIn(OTHER);
        assertThat(Files.readString(folder.resolve("state/bans")))
                .containsPattern(Pattern.quote(GUESSER) + "/32 .* guesses for 30 min: " + FAILURES
                        + " different wrong passwords within 10 min\n");
    }

    @Test
    void aBannedClientThatResetsItsConnectionsHoldsUpNoOther() throws Exception {
        guessTooOften(GUESSER);
        assertBanned(GUESSER);

        network.connectAndReset(GUESSER, server.address().getPort(), RESETS);

        logIn(OTHER);
        assertThat(server.log()).content().doesNotContain("ERROR", "can't be accepted");
    }

    @Test
    void passwordsThatWaitWhenTheirAddressIsBannedAreNotLookedAt() throws Exception {
        guessOften(GUESSER, AT_ONCE);
        assertThat(Files.readString(server.log()).split("LOGIN \"alice\" failed: wrong"))
                .hasSizeLessThanOrEqualTo(1 + FAILURES + PROCESSORS);
    }

    @Test
    void otherConnectionsOfABannedAddressMayNotGuessOn() throws Exception {
        try (GuestClient early = connect(GUESSER)) {
            early.expect(220);
            guessTooOften(GUESSER);
            early.send("USER alice", "PASS wonderland");
            early.expect(331, 421);
            early.expectEnd();
        }
    }

    @Test
    void aStalePasswordIsNoGuessing() throws IOException {
        guess(GUESSER, Collections.nCopies(2 * FAILURES, new Guess("alice", "stale")));
        logIn(GUESSER);
    }

    @Test
    void rightPasswordsOfDisabledAccountsAreNoGuessing() throws IOException {
        guess(
                GUESSER,
                IntStream.rangeClosed(0, FAILURES)
                        .mapToObj(i -> new Guess("left" + i, "wonderland"))
                        .toList());
        logIn(GUESSER);
    }

    @Test
    void anAddressWithAGoodLoginIsNotBannedAlsoAfterARestart() throws IOException {
        logIn(GUESSER);
        guessTooOften(GUESSER);
        logIn(GUESSER);

        server.close();
        network.close();
        server = start();

        guessTooOften(GUESSER);
        logIn(GUESSER);
        assertThat(Files.readString(folder.resolve("state/good-logins"))).contains(GUESSER + "/32 ");
    }

    @Test
    void aGuessThatWaitsForItsAnswerDoesNotHoldUpTheEnd() throws Exception {
        guessOften(GUESSER, FAILURES - 1);
        try (GuestClient last = connect(GUESSER)) {
            last.expect(220);
            last.send("USER alice", "PASS last guess");
            last.expect(331);
            await().until(() -> Files.exists(folder.resolve("state/bans")));
            server.terminate();
            last.expect(421);
            last.expectEnd();
        }
        assertThat(server.awaitExit()).isZero();
    }

    @Test
    void aNameThatOnlyStrangersAskForIsABan() throws Exception {
        guess(GUESSER, "root", "toor");
        assertBanned(GUESSER);
    }
}
