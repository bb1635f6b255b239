package dev.zeroftpd.transfer;

/** A transfer as the engine keeps it while it runs. Every method may be called by any thread. */
sealed interface EngineTransfer extends Transfer permits FileTransfer, StreamTransfer {

    TransferLimits limits();

    /** Ends the transfer as stalled if it has waited for its peer for more than {@code limitNanos} at {@code now}. */
    void expireIfStalled(long now, long limitNanos);
}
