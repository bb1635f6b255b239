package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import java.time.Duration;

/** A transfer as the engine keeps it while it runs. Every method may be called by any thread. */
abstract sealed class EngineTransfer implements Transfer permits ZeroCopyTransfer, StreamTransfer {

    final TransferEngine engine;
    private final TransferLimits limits;
    private final long startedNanos;

    EngineTransfer(TransferEngine engine, TransferRequest request) {
        this.engine = engine;
        this.limits = request.limits();
        this.startedNanos = request.startedNanos();
    }

    final TransferLimits limits() {
        return limits;
    }

    @Override
    public final void cancel(Outcome.Aborted.Cause cause) {
        settle(new Outcome.Aborted(cause));
    }

    @Override
    public final Duration elapsed() {
        return Duration.ofNanos(engine.now() - startedNanos);
    }

    /** Ends the transfer with {@code candidate} unless it has an outcome already. */
    abstract void settle(Outcome candidate);

    /** Ends the transfer as stalled if it has waited for its peer for more than {@code limitNanos} at {@code now}. */
    abstract void expireIfStalled(long now, long limitNanos);
}
