package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.PeerHabit;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What one transfer may take of its server, in bytes a second and in time, and for whom. Immutable; any thread.
 *
 * @param throttle when its bytes may move; closed by the engine at the transfer's end
 * @param stall the longest time that it may wait for its peer, asked again and again while it runs, so that a changed
 *     limit holds at once
 * @param handshake how long the TLS handshake of its data connection may take
 * @param account for whom it computes, as accounts take turns; anything with a good {@code equals}
 * @param close how the peer has ended its data connections so far, which says how long it gets to close this one
 */
public record TransferLimits(
        Throttle throttle, Supplier<Duration> stall, Duration handshake, Object account, PeerHabit close) {

    long stallNanos() {
        return stall.get().toNanos();
    }
}
