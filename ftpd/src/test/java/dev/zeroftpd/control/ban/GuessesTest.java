package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class GuessesTest {

    // all addresses of strangers are of a block that no machine has (240.0.0.0/4), for it would trust its own

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final int FAILURES = 10;

    private static final Guesses.Client ALICE = client("240.0.2.1");
    private static final Guesses.Client BOB = client("240.0.2.2");

    private final AtomicLong clock = new AtomicLong();
    private final BanRules rules = rules(FAILURES, Set.of("root"));
    private final Bans bans = Bans.inMemory(rules, clock::get);
    private final Guesses guesses = new Guesses(bans, GoodLogins.inMemory(clock::get), clock::get);

    static BanRules rules(int failures, Set<String> names) {
        return new BanRules(
                failures,
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofDays(1),
                address -> address.equals(InetAddress.ofLiteral("240.0.2.100")),
                names);
    }

    static Guesses.Client client(String address) {
        InetAddress parsed = InetAddress.ofLiteral(address);
        return new Guesses.Client(parsed, AddressPrefix.of(parsed, 64));
    }

    private Guesses.Penalty fail(Guesses.Client from, String name, String password) {
        return guesses.failed(from, name, password, HALF_A_SECOND);
    }

    private boolean isBanned(Guesses.Client client) {
        return bans.isBanned(client.address());
    }

    private void sleep(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void manyDifferentPasswordsAreABan() {
        for (int i = 1; i < FAILURES; i++) {
            assertThat(fail(ALICE, "alice", "guess " + i).banned()).isFalse();
        }
        assertThat(isBanned(ALICE)).isFalse();

        assertThat(fail(ALICE, "alice", "last guess").banned()).isTrue();

        assertThat(isBanned(ALICE)).isTrue();
        assertThat(isBanned(BOB)).isFalse();
    }

    @Test
    void onePasswordForManyNamesIsABan() {
        IntStream.range(0, FAILURES).forEach(i -> fail(ALICE, "name " + i, "123456"));

        assertThat(isBanned(ALICE)).isTrue();
    }

    @Test
    void aDeviceThatRepeatsAStalePasswordIsNeitherBannedNorSlowedMore() {
        for (int i = 0; i < 100 * FAILURES; i++) {
            assertThat(fail(ALICE, "camera", "stale").delay()).isEqualTo(HALF_A_SECOND);
        }

        assertThat(isBanned(ALICE)).isFalse();
    }

    /** Those of people who have left, say: each device repeats one that is right. */
    @Test
    void rightPasswordsOfDisabledAccountsAreNoGuesses() {
        for (int i = 0; i < 3 * FAILURES; i++) {
            assertThat(guesses.refused(ALICE, "account " + i, "right", HALF_A_SECOND)
                            .banned())
                    .isFalse();
        }
        assertThat(isBanned(ALICE)).isFalse();

        for (int i = 1; i < FAILURES; i++) {
            guesses.refused(ALICE, "account", "right", HALF_A_SECOND);
            assertThat(fail(ALICE, "alice", "guess " + i).banned()).isFalse();
        }
        assertThat(fail(ALICE, "alice", "last guess").banned()).isTrue();
    }

    @Test
    void answersDoNotTellThatAPasswordWasRight() {
        for (int i = 0; i < FAILURES; i++) {
            Guesses.Penalty wrong = fail(ALICE, "alice", "guess " + i / 2);
            Guesses.Penalty right = guesses.refused(BOB, "bob", "guess " + i / 2, HALF_A_SECOND);
            assertThat(right).isEqualTo(wrong);
        }
    }

    @Test
    void oldGuessesDoNotCount() {
        for (int i = 0; i < 10 * FAILURES; i++) {
            fail(ALICE, "alice", "guess " + i);
            sleep(Duration.ofMinutes(2));
        }

        assertThat(isBanned(ALICE)).isFalse();
    }

    @Test
    void anAddressWithAGoodLoginIsSlowedButNotBanned() {
        guesses.succeeded(ALICE.prefix(), "alice");
        Duration last = Duration.ZERO;
        for (int i = 0; i < 2 * FAILURES; i++) {
            last = fail(ALICE, "bob", "guess " + i).delay();
        }

        assertThat(isBanned(ALICE)).isFalse();
        assertThat(last).isGreaterThan(Duration.ofSeconds(5));

        sleep(Duration.ofDays(1));
        IntStream.range(0, FAILURES).forEach(i -> fail(ALICE, "bob", "guess " + i));
        assertThat(isBanned(ALICE)).isTrue();
    }

    @Test
    void eachFurtherGuessIsAnsweredLater() {
        assertThat(fail(ALICE, "alice", "1").delay()).isEqualTo(HALF_A_SECOND);
        sleep(HALF_A_SECOND);
        assertThat(fail(ALICE, "alice", "2").delay()).isEqualTo(Duration.ofSeconds(1));
        sleep(Duration.ofSeconds(1));
        assertThat(fail(ALICE, "alice", "3").delay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void guessesOnManyConnectionsAtOnceAreAnsweredOneAfterTheOther() {
        assertThat(fail(ALICE, "alice", "1").delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(fail(ALICE, "alice", "2").delay()).isEqualTo(Duration.ofMillis(1500));
        assertThat(fail(ALICE, "alice", "3").delay()).isEqualTo(Duration.ofMillis(3500));
    }

    @Test
    void noAnswerComesLaterThanASessionLasts() {
        guesses.succeeded(ALICE.prefix(), "alice");
        for (int i = 0; i < 1000; i++) {
            assertThat(fail(ALICE, "bob", "guess " + i).delay()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void whatCanNotBeAnsweredInTimeIsNotToBeVerified() {
        guesses.succeeded(ALICE.prefix(), "alice");
        int verified = 0;
        for (int i = 0; i < 1000; i++) {
            if (!guesses.isTooFast(ALICE)) {
                fail(ALICE, "bob", "guess " + i);
                verified++;
            }
        }
        assertThat(verified).isLessThan(FAILURES);
        assertThat(guesses.isTooFast(BOB)).isFalse();

        sleep(Duration.ofSeconds(8));
        assertThat(guesses.isTooFast(ALICE)).isFalse();
    }

    @Test
    void guessesAtANameFromManyAddressesLockNoOtherOut() {
        for (int i = 1; i <= 200; i++) {
            fail(client("240.51.100." + i), "alice", "guess " + i);
        }

        assertThat(guesses.isTooFast(BOB)).isFalse();
    }

    @Test
    void guessesAtANameFromManyAddressesAreSlowedTogether() {
        for (int i = 1; i <= 6; i++) {
            fail(client("240.51.100." + i), "alice", "guess " + i);
        }

        assertThat(fail(BOB, "alice", "another").delay()).isGreaterThan(Duration.ofSeconds(5));
        assertThat(fail(client("240.0.113.1"), "carol", "her own mistake").delay())
                .isEqualTo(HALF_A_SECOND);
    }

    @Test
    void guessesAtANameDoNotSlowThoseWhoKnewItsPassword() {
        guesses.succeeded(BOB.prefix(), "alice");
        for (int i = 1; i <= 6; i++) {
            fail(client("240.51.100." + i), "alice", "guess " + i);
        }

        assertThat(fail(BOB, "alice", "mistyped").delay()).isEqualTo(HALF_A_SECOND);
    }

    @Test
    void loopbackAndAllowedAddressesAreNeverPunished() {
        for (String trusted : Set.of("127.0.0.1", "::1", "240.0.2.100")) {
            for (int i = 0; i < 2 * FAILURES; i++) {
                assertThat(fail(client(trusted), "alice", "guess " + i).delay()).isEqualTo(HALF_A_SECOND);
            }
            assertThat(isBanned(client(trusted))).isFalse();
        }
    }

    @Test
    void aNameThatOnlyStrangersAskForIsABanAtOnce() {
        assertThat(guesses.isBanFor(ALICE, "alice")).isFalse();
        assertThat(guesses.isBanFor(ALICE, "Root")).isTrue();
        assertThat(isBanned(ALICE)).isTrue();

        guesses.succeeded(BOB.prefix(), "bob");
        assertThat(guesses.isBanFor(BOB, "root")).isFalse();
        assertThat(guesses.isBanFor(client("127.0.0.1"), "root")).isFalse();
    }

    @Test
    void withoutBansGuessesAreSlowedOnly() {
        bans.rules(rules(0, Set.of()));
        IntStream.range(0, 20 * FAILURES).forEach(i -> fail(ALICE, "alice", "guess " + i));

        assertThat(isBanned(ALICE)).isFalse();
        assertThat(fail(ALICE, "alice", "one more").delay()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void embeddedServersHaveNoPenalties() {
        for (int i = 0; i < 2 * FAILURES; i++) {
            assertThat(Guesses.none().failed(ALICE, "alice", "guess " + i, HALF_A_SECOND))
                    .isEqualTo(new Guesses.Penalty(HALF_A_SECOND, false));
        }
    }

    @Test
    void addressesWithoutNumberDoNotMakeItForgetABanNorGrow() {
        IntStream.range(0, FAILURES).forEach(i -> fail(ALICE, "alice", "guess " + i));
        for (int i = 0; i < 2 * Guesses.MOST_REMEMBERED; i++) {
            fail(client("2001:db8:" + Integer.toHexString(i) + "::1"), "name " + i, "guess");
        }

        assertThat(isBanned(ALICE)).isTrue();
        assertThat(guesses.remembered()).isEqualTo(Guesses.MOST_REMEMBERED);
    }
}
