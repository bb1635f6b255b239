package dev.zeroftpd.transfer.result;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the ended transfers of a server by the path that they took. Any thread. */
public final class TransferTotals {

    private final Counter zeroCopy = new Counter();
    private final Map<StreamReason, Counter> streamed = new EnumMap<>(StreamReason.class);

    public TransferTotals() {
        for (StreamReason reason : StreamReason.values()) {
            streamed.put(reason, new Counter());
        }
    }

    /** Transfers that ended on one path, with the bytes of all of them; {@code failed} are those not completed. */
    public record Total(long transfers, long failed, long bytes) {}

    public Total zeroCopy() {
        return zeroCopy.total();
    }

    public Total streamed(StreamReason reason) {
        return counter(reason).total();
    }

    public void count(TransferResult result) {
        switch (result.way()) {
            case Way.ZeroCopy ignored -> zeroCopy.count(result);
            case Way.Streamed streamed -> counter(streamed.reason()).count(result);
        }
    }

    private Counter counter(StreamReason reason) {
        return Objects.requireNonNull(streamed.get(reason));
    }

    private static final class Counter {

        private final LongAdder transfers = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        void count(TransferResult result) {
            transfers.increment();
            if (!result.completed()) {
                failed.increment();
            }
            bytes.add(result.bytes());
        }

        Total total() {
            return new Total(transfers.sum(), failed.sum(), bytes.sum());
        }
    }
}
