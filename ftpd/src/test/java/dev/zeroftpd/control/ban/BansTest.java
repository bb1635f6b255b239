package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.ops.event.Events;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BansTest {

    private static final InetAddress STRANGER = InetAddress.ofLiteral("240.0.2.7");

    private static final BanRules RULES = GuessesTest.rules(10, Set.of());

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // a nanoTime may overflow
    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-11-29T10:00:00Z"));

    private Bans open() {
        return Bans.kept(RULES, new BanFile(folder.resolve("state")), Events.NONE, clock::get, wallClock::get);
    }

    private Path file() {
        return folder.resolve("state/bans");
    }

    private static void ban(Bans bans, InetAddress address) {
        bans.ban(AddressPrefix.of(address, 64), "a test");
    }

    private void sleep(Duration time) {
        clock.addAndGet(time.toNanos());
        wallClock.updateAndGet(now -> now.plus(time));
    }

    @Test
    void aBanEndsAndTheNextOneIsTwiceAsLong() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        ban(bans, STRANGER);
        sleep(Duration.ofMinutes(29));
        assertThat(bans.isBanned(STRANGER)).isTrue();
        sleep(Duration.ofMinutes(1));
        assertThat(bans.isBanned(STRANGER)).isFalse();

        ban(bans, STRANGER);
        sleep(Duration.ofMinutes(59));
        assertThat(bans.isBanned(STRANGER)).isTrue();
        sleep(Duration.ofMinutes(1));
        assertThat(bans.isBanned(STRANGER)).isFalse();
    }

    @Test
    void noBanIsLongerThanTheLongest() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        for (int i = 0; i < 10; i++) {
            ban(bans, STRANGER);
            sleep(Duration.ofDays(1));
            assertThat(bans.isBanned(STRANGER)).isFalse();
        }
    }

    @Test
    void anIpv6BanHoldsForThePrefixAlsoAfterItsLengthWasChanged() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        bans.ban(AddressPrefix.of(InetAddress.ofLiteral("2001:db8:1:2::1"), 64), "a test");
        bans.ban(AddressPrefix.of(InetAddress.ofLiteral("2001:db8:7:8::1"), 48), "a test");

        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:1:2::ffff"))).isTrue();
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:1:3::1"))).isFalse();
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:7:9::1"))).isTrue();
    }

    @Test
    void thisMachinesOwnAddressesAreNeverKeptOut() throws IOException {
        Bans bans = Bans.inMemory(RULES, clock::get);
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
        own.forEach(address -> ban(bans, address));

        assertThat(own).isNotEmpty().noneMatch(bans::isBanned);
    }

    @Test
    void bansOutliveTheServer() throws IOException {
        try (Bans bans = open()) {
            ban(bans, STRANGER);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        clock.set(0); // another process, another origin

        try (Bans bans = open()) {
            assertThat(bans.isBanned(STRANGER)).isTrue();
            sleep(Duration.ofMinutes(30));
            assertThat(bans.isBanned(STRANGER)).isFalse();
            ban(bans, STRANGER);
            sleep(Duration.ofMinutes(59));
            assertThat(bans.isBanned(STRANGER)).as("twice as long").isTrue();
        }
    }

    @Test
    void bansAreWrittenWithoutWaitingForTheEnd() {
        try (Bans bans = open()) {
            for (int i = 1; i <= 100; i++) {
                ban(bans, InetAddress.ofLiteral("240.51.100." + i));
            }
            await().untilAsserted(() -> assertThat(Files.readAllLines(file())).hasSize(101));
        }
    }

    @Test
    void aClockThatIsSetBackMakesNoBanLonger() {
        try (Bans bans = open()) {
            ban(bans, STRANGER);
            wallClock.set(Instant.parse("1999-01-01T00:00:00Z"));
            sleep(Duration.ofMinutes(10));
            assertThat(bans.isBanned(STRANGER)).isTrue();
            ban(bans, InetAddress.ofLiteral("240.0.2.8"));
        }
        wallClock.set(Instant.parse("1970-01-01T00:00:00Z"));

        try (Bans bans = open()) {
            assertThat(bans.isBanned(STRANGER)).isTrue();
            sleep(Duration.ofMinutes(30));
            assertThat(bans.isBanned(STRANGER)).isFalse();
        }
    }

    @Test
    void aServerThatHasClosedItsBansLeavesTheFileToTheNext() throws IOException {
        Bans old = open();
        ban(old, STRANGER);
        old.close();
        try (Bans next = open()) {
            ban(next, InetAddress.ofLiteral("240.0.2.9"));
        }

        ban(old, InetAddress.ofLiteral("240.0.2.8"));
        old.close();

        assertThat(Files.readString(file()))
                .contains("240.0.2.7/32", "240.0.2.9/32")
                .doesNotContain("240.0.2.8");
    }

    @Test
    void aDamagedFileIsKeptAndItsOtherLinesHold() throws IOException {
        Files.createDirectories(file().getParent());
        String damaged = "240.0.2.7/32 2026-11-29T10:30:00Z 1800\nnonsense\n240.0.2.8/33 2026-11-29T10:30:00Z 5\n";
        Files.writeString(file(), damaged);

        try (Bans bans = open()) {
            assertThat(bans.isBanned(STRANGER)).isTrue();
            assertThat(file()).hasContent(damaged);
            ban(bans, InetAddress.ofLiteral("240.0.2.9"));
        }

        assertThat(Files.readString(file()))
                .contains("240.0.2.7/32", "240.0.2.9/32")
                .doesNotContain("nonsense");
        try (Stream<Path> files = Files.list(file().getParent())) {
            Path aside = files.filter(path -> path.getFileName().toString().startsWith("bans.damaged"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside).hasContent(damaged);
        }
    }

    @Test
    void aFileThatCannotBeReadIsLeftAlone() throws IOException {
        Files.createDirectories(file().resolve("in the way"));

        try (Bans bans = open()) {
            ban(bans, STRANGER);
            assertThat(bans.isBanned(STRANGER)).isTrue();
        }

        assertThat(file().resolve("in the way")).isDirectory();
    }

    @Test
    void aDirectoryThatCannotBeMadeOnlyShortensBans() throws IOException {
        Files.writeString(folder.resolve("state"), "");

        try (Bans bans = open()) {
            ban(bans, STRANGER);
            assertThat(bans.isBanned(STRANGER)).isTrue();
        }
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        BanFile bans = new BanFile(folder.resolve("state"));
        try (LateWrites writes = new LateWrites("a test", Duration.ofSeconds(1), () -> {
            if (failed.getCount() > 0) {
                failed.countDown();
                throw new IllegalStateException("no room now");
            }
            bans.write(List.of(new BanFile.Entry(
                    AddressPrefix.of(STRANGER, 64),
                    Instant.parse("2026-11-29T10:30:00Z"),
                    Duration.ofMinutes(30),
                    BanOrigin.GUESSES,
                    Optional.empty())));
        })) {
            writes.soon();
            failed.await();
        }

        assertThat(Files.readString(file())).contains("240.0.2.7/32");
    }

    @Test
    void noBanHoldsWhileBansAreSwitchedOff() {
        try (Bans bans = open()) {
            ban(bans, STRANGER);
            bans.rules(GuessesTest.rules(0, Set.of()));
            assertThat(bans.isBanned(STRANGER)).isFalse();
            bans.rules(RULES);
            assertThat(bans.isBanned(STRANGER)).isTrue();
        }
    }

    @Test
    void noLineKeepsAllAddressesOut() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "::/0 2026-11-29T10:30:00Z 1800\n2001:db8::/129 2026-11-29T10:30:00Z 1800\n");

        try (Bans bans = open()) {
            assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8::"))).isFalse();
        }
    }

    @Test
    void aLinkLocalBanOutlivesTheNameOfItsInterface() throws IOException {
        InetAddress neighbour =
                Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::7").getAddress(), 77);
        try (Bans bans = open()) {
            ban(bans, neighbour);
        }
        assertThat(Files.readString(file())).contains("\nfe80:0:0:0:0:0:0:7/128 ");

        try (Bans bans = open()) {
            assertThat(bans.isBanned(neighbour)).isTrue();
        }
    }

    @Test
    void aDamagedFileThatWasTakenAwayAndOneThatWasLeftBehindAreNoHindrance() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "nonsense\n");
        Files.writeString(file().resolveSibling(".bans.new"), "from a process that was killed");
        try (Bans bans = open()) {
            Files.delete(file());
            ban(bans, STRANGER);
        }

        assertThat(Files.readString(file())).contains("240.0.2.7/32");
        assertThat(file().resolveSibling(".bans.new")).doesNotExist();
    }

    @Test
    void thereIsAMostOfThem() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        for (int i = 0; i <= Bans.MOST; i++) {
            ban(bans, InetAddress.ofLiteral("240.9." + i / 256 + "." + i % 256));
            clock.incrementAndGet();
        }

        assertThat(bans.isBanned(InetAddress.ofLiteral("240.9.0.0"))).isFalse();
        assertThat(bans.isBanned(InetAddress.ofLiteral("240.9.0.1"))).isTrue();
    }

    private static AddressPrefix range(String address, int bits) {
        return AddressPrefix.range(InetAddress.ofLiteral(address), bits);
    }

    @Test
    void theOperatorBansRangesOfEitherVersionWhateverTheRulesSpare() {
        Bans bans = Bans.inMemory(BanRules.NONE, clock::get);
        bans.banByOperator(range("127.0.0.0", 8), Duration.ofHours(1));
        bans.banByOperator(range("2001:db8:7::", 48), Bans.FOR_GOOD);

        assertThat(bans.originOfBan(InetAddress.ofLiteral("127.3.2.1"))).contains(BanOrigin.OPERATOR);
        assertThat(bans.isBanned(InetAddress.ofLiteral("126.255.255.255"))).isFalse();
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:7:ffff::1"))).isTrue();
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:8::"))).isFalse();
        assertThat(bans.isBanned(InetAddress.ofLiteral("64:ff9b::7f00:1")))
                .as("behind NAT64")
                .isTrue();

        sleep(Duration.ofHours(1));
        assertThat(bans.isBanned(InetAddress.ofLiteral("127.3.2.1"))).isFalse();
        sleep(Duration.ofDays(3650));
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:7:ffff::1"))).isTrue();
    }

    @Test
    void theOperatorsBansOutliveARestart() {
        try (Bans bans = open()) {
            bans.banByOperator(range("10.1.2.3", 16), Duration.ofHours(2));
            bans.banByOperator(range("2001:db8::", 32), Bans.FOR_GOOD);
            ban(bans, STRANGER);
        }
        sleep(Duration.ofHours(1));
        try (Bans again = open()) {
            assertThat(again.all())
                    .containsExactlyInAnyOrder(
                            new Banned(
                                    range("10.1.0.0", 16),
                                    BanOrigin.OPERATOR,
                                    Optional.of(Instant.parse("2026-11-29T12:00:00Z")),
                                    Optional.of("for 120 min by the operator")),
                            new Banned(
                                    range("2001:db8::", 32),
                                    BanOrigin.OPERATOR,
                                    Optional.empty(),
                                    Optional.of("for good by the operator")));
            assertThat(again.isBanned(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
        }
    }

    @Test
    void aLiftedBanIsForgotten() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        ban(bans, STRANGER);
        bans.banByOperator(range("10.0.0.0", 9), Bans.FOR_GOOD);
        bans.banByOperator(range("10.128.0.0", 9), Bans.FOR_GOOD);

        assertThat(bans.unban(range("10.0.0.1", 32))).isEmpty();
        assertThat(bans.unban(range("10.0.0.0", 8))).hasSize(2);
        assertThat(bans.unban(new AddressPrefix(STRANGER))).hasSize(1);
        assertThat(bans.isBanned(STRANGER)).isFalse();
        assertThat(bans.all()).isEmpty();

        ban(bans, STRANGER);
        sleep(Duration.ofMinutes(30));
        assertThat(bans.isBanned(STRANGER)).as("as long as a first one").isFalse();
    }

    @Test
    void theOperatorsBansDontMakeRoomForOthers() {
        Bans bans = Bans.inMemory(RULES, clock::get);
        bans.banByOperator(range("10.0.0.0", 8), Duration.ofMinutes(1));
        for (int i = 0; i <= Bans.MOST; i++) {
            bans.ban(range("240.0." + i / 256 + "." + i % 256, 32), "a test");
        }
        assertThat(bans.isBanned(InetAddress.ofLiteral("10.0.0.1"))).isTrue();
    }

    @Test
    void saysWhetherABanOutlivesTheProcess() throws IOException {
        Bans bans = open();
        bans.banByOperator(range("10.0.0.0", 8), Bans.FOR_GOOD);
        assertThat(bans.save()).isTrue();
        assertThat(Files.readString(file())).contains("10.0.0.0");

        bans.close();
        bans.banByOperator(range("11.0.0.0", 8), Bans.FOR_GOOD);
        assertThat(bans.save()).as("the file is the next server's").isFalse();
        assertThat(Files.readString(file())).doesNotContain("11.0.0.0");
        assertThat(Bans.inMemory(RULES, clock::get).save()).isFalse();
    }
}
