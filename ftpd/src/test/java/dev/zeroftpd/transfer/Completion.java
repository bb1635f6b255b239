package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears how a transfer ended, and that it was told so once. */
final class Completion implements EndCallback {

    private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public void ended(TransferResult how) {
        calls.incrementAndGet();
        result.complete(how);
    }

    boolean isDone() {
        return result.isDone();
    }

    TransferResult result() {
        TransferResult ended = result.orTimeout(20, TimeUnit.SECONDS).join();
        if (calls.get() != 1) {
            throw new AssertionError("completed " + calls.get() + " times");
        }
        return ended;
    }

    Outcome outcome() {
        return result().outcome();
    }
}
