package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.PeerHabit;
import java.time.Duration;

/** The limits of a transfer that no test wants to be stopped by. */
final class GenerousLimits {

    private static final Duration LONG = Duration.ofMinutes(1);

    private GenerousLimits() {}

    static TransferLimits limits() {
        return with(Throttle.NONE);
    }

    static TransferLimits with(Throttle throttle) {
        return new TransferLimits(throttle, () -> LONG, LONG, "alice", new PeerHabit());
    }

    static TransferLimits with(PeerHabit habit) {
        return new TransferLimits(Throttle.NONE, () -> LONG, LONG, "alice", habit);
    }

    /** Unless its peer keeps it waiting for {@code stall}. */
    static TransferLimits with(Duration stall) {
        return new TransferLimits(Throttle.NONE, () -> stall, LONG, "alice", new PeerHabit());
    }
}
