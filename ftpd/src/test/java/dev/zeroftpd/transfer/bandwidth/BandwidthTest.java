package dev.zeroftpd.transfer.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.result.Direction;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time passes only when {@link #run} moves the clock, so that every figure here is exact. */
class BandwidthTest {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Percentage TWO_PERCENT = Percentage.withPercentage(2);

    private long now = Long.MAX_VALUE - SECOND; // the clock may wrap

    @ParameterizedTest
    @ValueSource(longs = {10 * KIB, MIB, 10 * MIB, 100 * MIB, 900 * MIB})
    void keepsTheRateOfATransfer(long rate) {
        Client client = client(new Bandwidth(0, 0, () -> now), "anna", new RateLimits(rate, 0));
        run(10 * SECOND, client);

        assertThat(client.total()).isCloseTo(10 * rate, TWO_PERCENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {MIB, 10 * MIB, 100 * MIB})
    void staysWithinAFifthOfTheRateInEveryWindowOfAHundredMilliseconds(long rate) {
        Client client = client(new Bandwidth(0, 0, () -> now), "anna", new RateLimits(rate, 0));
        client.lateBy = 3 * MILLISECOND;
        run(3 * SECOND, client);

        long begin = client.moves.firstKey();
        for (long at = begin; at - begin < 2 * SECOND; at += MILLISECOND) {
            assertThat(client.between(at, at + 100 * MILLISECOND)).isCloseTo(rate / 10, Percentage.withPercentage(20));
        }
    }

    @Test
    void catchesUpWhenTimersAreLate() {
        Client client = client(new Bandwidth(0, 0, () -> now), "anna", new RateLimits(10 * MIB, 0));
        client.lateBy = 7 * MILLISECOND;
        run(10 * SECOND, client);

        assertThat(client.total()).isCloseTo(100 * MIB, TWO_PERCENT);
    }

    @Test
    void sharesTheServersRateEquallyAmongTransfers() {
        Bandwidth bandwidth = new Bandwidth(12 * MIB, 0, () -> now);
        Client[] clients = new Client[12];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = client(bandwidth, "user" + i, RateLimits.NONE);
        }
        run(5 * SECOND, clients);

        for (Client client : clients) {
            assertThat(client.total()).isCloseTo(5 * MIB, TWO_PERCENT);
        }
    }

    @Test
    void leavesToOthersWhatASlowOneDoesNotTake() {
        Bandwidth bandwidth = new Bandwidth(10 * MIB, 0, () -> now);
        Client slow = client(bandwidth, "slow", new RateLimits(MIB, 0));
        Client fast = client(bandwidth, "fast", RateLimits.NONE);
        run(5 * SECOND, slow, fast);

        assertThat(slow.total()).isCloseTo(5 * MIB, TWO_PERCENT);
        assertThat(fast.total()).isCloseTo(45 * MIB, TWO_PERCENT);
    }

    @Test
    void limitsAnAccountAnAddressAndTheServerAtOnce() {
        Bandwidth bandwidth = new Bandwidth(8 * MIB, 5 * MIB, () -> now);
        Client anna1 = client(bandwidth, "anna", new RateLimits(0, 2 * MIB));
        Client anna2 = client(bandwidth, "anna", new RateLimits(0, 2 * MIB));
        Client ben = client(bandwidth, "ben", RateLimits.NONE);
        run(5 * SECOND, anna1, anna2, ben);

        assertThat(anna1.total()).isCloseTo(5 * MIB, TWO_PERCENT);
        assertThat(anna2.total()).isCloseTo(5 * MIB, TWO_PERCENT);
        assertThat(ben.total()).isCloseTo(15 * MIB, TWO_PERCENT);
    }

    @Test
    void keepsDownloadsAndUploadsApart() {
        Bandwidth bandwidth = new Bandwidth(MIB, 0, () -> now);
        Client down = client(bandwidth, "anna", RateLimits.NONE);
        Client up = new Client(bandwidth.open(Direction.UPLOAD, "anna", HERE, RateLimits.NONE));
        run(5 * SECOND, down, up);

        assertThat(down.total()).isCloseTo(5 * MIB, TWO_PERCENT);
        assertThat(up.total()).isCloseTo(5 * MIB, TWO_PERCENT);
    }

    @Test
    void changesLimitsOfRunningTransfers() {
        Bandwidth bandwidth = new Bandwidth(0, 0, () -> now);
        Client client = client(bandwidth, "anna", RateLimits.NONE);
        bandwidth.limits(MIB, 0);
        run(5 * SECOND, client);
        assertThat(client.total()).isCloseTo(5 * MIB, TWO_PERCENT);

        bandwidth.limits((way, user) -> Optional.of(new RateLimits(0, MIB / 2)));
        run(4 * SECOND, client);
        assertThat(client.total()).isCloseTo(7 * MIB, TWO_PERCENT);

        bandwidth.limits(0, 0);
        bandwidth.limits((way, user) -> Optional.of(RateLimits.NONE));
        assertThat(client.throttle.reserve(64 * MIB)).isEqualTo(new Throttle.Grant(64 * MIB, 0));
    }

    @Test
    void doesNotWaitForDebtsAtAnOldRate() {
        Bandwidth bandwidth = new Bandwidth(KIB, 0, () -> now);
        Client client = client(bandwidth, "anna", RateLimits.NONE);
        client.throttle.reserve(KIB);
        bandwidth.limits(MIB, 0);

        assertThat(client.throttle.reserve(KIB).waitNanos()).isLessThan(2 * MILLISECOND);
    }

    @Test
    void letsOthersHaveWhatIsGivenBack() {
        Bandwidth bandwidth = new Bandwidth(10 * MIB, 0, () -> now);
        Client trickling = client(bandwidth, "trickling", RateLimits.NONE);
        trickling.mostBytes = KIB;
        Client fast = client(bandwidth, "fast", RateLimits.NONE);
        run(5 * SECOND, trickling, fast);

        assertThat(trickling.total() + fast.total()).isCloseTo(50 * MIB, TWO_PERCENT);
        assertThat(fast.total()).isGreaterThan(45 * MIB);
    }

    @Test
    void doesNotForgetADebtWhenTheLastTransferOfAnAccountEnds() {
        Bandwidth bandwidth = new Bandwidth(0, 0, () -> now);
        long begin = now;
        for (int i = 0; i < 500; i++) {
            try (Throttle throttle = bandwidth.open(Direction.DOWNLOAD, "anna", HERE, new RateLimits(0, 100 * KIB))) {
                now += throttle.reserve(KIB).waitNanos();
            }
        }
        assertThat(now - begin).isCloseTo(5 * SECOND, TWO_PERCENT);
    }

    @Test
    void dropsBudgetsThatNobodyUses() {
        Bandwidth bandwidth = new Bandwidth(0, KIB, () -> now);
        Throttle throttle = bandwidth.open(Direction.DOWNLOAD, "anna", HERE, RateLimits.NONE);
        throttle.reserve(KIB);
        assertThat(bandwidth.sharedBudgets()).isEqualTo(3);
        throttle.close();
        throttle.close();
        assertThat(bandwidth.sharedBudgets()).isEqualTo(1);

        now += 2 * SECOND;
        bandwidth.open(Direction.UPLOAD, "ben", HERE, RateLimits.NONE).close();
        assertThat(bandwidth.sharedBudgets()).isZero();
    }

    /** Lets every client move what it may, each with a timer that fires as late as it says. */
    private void run(long nanos, Client... clients) {
        long end = now + nanos;
        PriorityQueue<Client> timers = new PriorityQueue<>(Comparator.comparingLong(client -> client.due - end));
        for (Client client : clients) {
            client.ask(now);
            timers.add(client);
        }
        while (timers.peek().due - end < 0) {
            Client client = timers.remove();
            now = client.due;
            client.move(now);
            client.ask(now);
            timers.add(client);
        }
        now = end;
    }

    private Client client(Bandwidth bandwidth, String user, RateLimits limits) {
        return new Client(bandwidth.open(Direction.DOWNLOAD, user, HERE, limits));
    }

    private static final class Client {

        private final Throttle throttle;
        private final TreeMap<Long, Long> moves = new TreeMap<>(Comparator.comparingLong(at -> at - Long.MAX_VALUE));
        private long lateBy;
        private long granted;
        private long due;

        /** What it really moves when it has its turn; it gives back the rest. */
        private long mostBytes = Long.MAX_VALUE;

        Client(Throttle throttle) {
            this.throttle = throttle;
        }

        void ask(long now) {
            if (granted == 0) {
                Throttle.Grant grant = throttle.reserve(64 * MIB);
                granted = grant.bytes();
                due = now + (grant.waitNanos() > 0 ? grant.waitNanos() + lateBy : 0);
            }
        }

        void move(long now) {
            long moved = Math.min(granted, mostBytes);
            moves.merge(now, moved, Long::sum);
            throttle.giveBack(granted - moved);
            granted = 0;
        }

        long between(long from, long to) {
            return sum(new ArrayList<>(moves.subMap(from, to).values()));
        }

        long total() {
            return sum(new ArrayList<>(moves.values()));
        }

        private static long sum(List<Long> values) {
            return values.stream().mapToLong(Long::longValue).sum();
        }
    }
}
