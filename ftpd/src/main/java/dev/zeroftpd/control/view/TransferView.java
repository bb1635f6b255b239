package dev.zeroftpd.control.view;

import dev.zeroftpd.transfer.Transfer;
import dev.zeroftpd.transfer.result.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an operator sees of one transfer at one moment. Immutable; any thread.
 *
 * @param path as the client sees it
 * @param bytes over the data connection so far
 * @param size how many it will be, if that is known
 * @param elapsed since the data connection was asked for; zero until it is open
 */
public record TransferView(
        String verb, String path, long bytes, OptionalLong size, Duration elapsed, Optional<Way> way) {

    /**
     * One that runs.
     *
     * @param plan empty for a moment at the beginning
     * @param moving empty until its data connection is open
     */
    public static TransferView of(String verb, Optional<TransferPlan> plan, Optional<Transfer> moving) {
        return new TransferView(
                verb,
                plan.map(TransferPlan::path).orElse(""),
                moving.map(Transfer::bytes).orElse(0L),
                plan.map(TransferPlan::size).orElse(OptionalLong.empty()),
                moving.map(Transfer::elapsed).orElse(Duration.ZERO),
                plan.map(TransferPlan::way));
    }

    /** On the average since the data connection was asked for. */
    public long bytesPerSecond() {
        long nanos = elapsed.toNanos();
        return nanos > 0 ? Math.round(bytes / (nanos / 1e9)) : 0;
    }
}
