package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.TransferResult;

/** Hears how a transfer ended. */
@FunctionalInterface
public interface EndCallback {

    /**
     * The transfer is over: its connection, its files and its throttle are closed. Called exactly once, on the thread that
     * ended it, perhaps before {@link TransferEngine#start} has returned; must not block.
     */
    void ended(TransferResult result);
}
