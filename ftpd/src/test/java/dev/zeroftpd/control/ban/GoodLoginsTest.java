package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodLoginsTest {

    private static final AddressPrefix FARM = prefix("240.0.2.7");
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // a nanoTime may overflow
    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-11-29T10:00:00Z"));

    private static AddressPrefix prefix(String address) {
        return AddressPrefix.of(InetAddress.ofLiteral(address), 64);
    }

    private GoodLogins open() {
        return GoodLogins.kept(new LoginFile(folder.resolve("state")), clock::get, wallClock::get);
    }

    private Path file() {
        return folder.resolve("state/good-logins");
    }

    private void sleep(Duration time) {
        clock.addAndGet(time.toNanos());
        wallClock.updateAndGet(now -> now.plus(time));
    }

    /** The devices whose password is stale reconnect first, those that log in well perhaps an hour later. */
    @Test
    void aFarmOfCamerasIsNotBannedAfterARestart() throws IOException {
        try (GoodLogins logins = open()) {
            logins.note(FARM);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        clock.set(0); // another process, another origin
        sleep(Duration.ofHours(20));

        try (GoodLogins logins = open()) {
            BanRules rules = GuessesTest.rules(10, Set.of());
            Guesses guesses = new Guesses(Bans.inMemory(rules, clock::get), logins, clock::get);
            Guesses.Client cameras = new Guesses.Client(FARM.first(), FARM);
            IntStream.range(0, 20)
                    .forEach(camera -> assertThat(guesses.failed(cameras, "camera " + camera, "stale", HALF_A_SECOND)
                                    .banned())
                            .isFalse());
            sleep(Duration.ofHours(4));
            assertThat(logins.has(FARM)).isFalse();
        }
    }

    @Test
    void aLoginIsGoodForADayWhateverTheClockSays() {
        try (GoodLogins logins = open()) {
            logins.note(FARM);
        }
        wallClock.set(Instant.parse("1970-01-01T00:00:00Z"));
        try (GoodLogins logins = open()) {
            assertThat(logins.has(FARM)).isTrue();
            wallClock.set(Instant.parse("2039-01-01T00:00:00Z"));
            assertThat(logins.has(FARM)).isTrue();
            clock.addAndGet(Duration.ofDays(1).toNanos());
            assertThat(logins.has(FARM)).isFalse();
        }
    }

    @Test
    void loginsAreWrittenWithoutWaitingForTheEnd() {
        try (GoodLogins logins = open()) {
            logins.note(FARM);
            await().untilAsserted(() -> assertThat(file()).content().contains("240.0.2.7/32 2026-11-29T10:00:00Z\n"));
        }
    }

    /** A client that logs in every second must not make the disk busy; one that is killed loses an hour at most. */
    @Test
    void anAddressThatIsKnownIsWrittenAnewEachHour() throws IOException {
        try (GoodLogins logins = open()) {
            logins.note(FARM);
        }
        try (GoodLogins logins = open()) {
            sleep(Duration.ofMinutes(30));
            logins.note(FARM);
        }
        assertThat(file()).content().contains("10:00:00Z");
        try (GoodLogins logins = open()) {
            sleep(Duration.ofMinutes(60));
            logins.note(FARM);
        }
        assertThat(file()).content().contains("11:30:00Z");
    }

    @Test
    void keepsNoMoreThanItHasRoomFor() throws IOException {
        try (GoodLogins logins = open()) {
            for (int i = 0; i < 2 * GoodLogins.MOST; i++) {
                logins.note(prefix("2001:db8:" + Integer.toHexString(i) + "::1"));
            }
        }
        assertThat(Files.readAllLines(file())).hasSize(1 + GoodLogins.MOST);
        assertThat(Files.readString(file())).contains("2001:db8:3fff:0:0:0:0:0/64 ");
    }

    @Test
    void aDamagedFileIsKeptAndItsOtherLinesHold() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "240.0.2.7/32 2026-11-29T09:30:00Z\nnonsense\n240.0.2.8/32 2026-11-28T09:30:00Z\n");

        try (GoodLogins logins = open()) {
            assertThat(logins.has(FARM)).isTrue();
            assertThat(logins.has(prefix("240.0.2.8"))).as("over a day ago").isFalse();
            logins.note(prefix("240.0.2.9"));
        }
        assertThat(Files.readString(file()))
                .contains("240.0.2.7/32", "240.0.2.9/32")
                .doesNotContain("nonsense", "240.0.2.8");
        try (var files = Files.list(file().getParent())) {
            assertThat(files).anyMatch(path -> path.getFileName().toString().startsWith("good-logins.damaged-"));
        }
    }
}
