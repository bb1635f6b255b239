package dev.zeroftpd.admin.page.history;

import dev.zeroftpd.admin.metric.Flow;
import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes the samples, and keeps them across restarts. Any thread; {@link #look} by one, which it doesn't hold up: a thread that
 * lives as long as that writes the file.
 */
public final class KeptHistory {

    private static final Logger LOG = LoggerFactory.getLogger(KeptHistory.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 1);

    /** One per minute: a chart of the whole day has fewer pixels. Newer samples come one by one. */
    private static final int POINTS = 1440;

    /** What a killed server loses at most. */
    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(10);

    /** Samples come when a step ends, or some milliseconds beside that. */
    private static final Duration HALF_A_STEP = History.STEP.dividedBy(2);

    private final History history = new History();
    private final HistoryFile file;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock writing = new ReentrantLock();
    private Optional<Look> before = Optional.empty();
    private long written;

    /** Guarded by {@link #writing}: another server may have the file now. */
    private boolean handedOver;

    private final ReentrantLock making = new ReentrantLock();

    /** Guarded by {@link #making}. */
    private Optional<Made> made = Optional.empty();

    /** The history as it was told last. */
    private record Made(int newest, String json) {}

    /** What was seen, and when. */
    private record Look(Totals totals, long nanos) {}

    /**
     * With what an earlier process has left.
     *
     * @param directory of the server's state
     */
    public KeptHistory(Path directory, InstantSource clock, LongSupplier nanoTime) {
        this.file = new HistoryFile(directory);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.written = nanoTime.getAsLong();
        file.readInto(history);
    }

    public History history() {
        return history;
    }

    /** Adds a sample; to be called every {@link History#STEP}. */
    public void look(Totals totals, int sessions, int transfers) {
        Look now = new Look(totals, nanoTime.getAsLong());
        before.ifPresent(last ->
                history.put(History.stamp(clock.instant().plus(HALF_A_STEP)), sample(last, now, sessions, transfers)));
        before = Optional.of(now);
        if (now.nanos() - written >= WRITTEN_EVERY.toNanos()) {
            written = now.nanos();
            Thread.ofPlatform().daemon().name("admin-history").start(this::write);
        }
    }

    private static float[] sample(Look last, Look now, int sessions, int transfers) {
        float[] sample = new float[Column.NUMBERS];
        double seconds = Math.max(1, now.nanos() - last.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        sample[Column.SESSIONS.place()] = sessions;
        sample[Column.TRANSFERS.place()] = transfers;
        for (Map.Entry<Flow, Long> each : now.totals().bytes().entrySet()) {
            long moved = each.getValue() - last.totals().bytes().getOrDefault(each.getKey(), 0L);
            float rate = (float) (moved / seconds);
            if (each.getKey().direction() == Direction.UPLOAD) {
                sample[Column.UPLOAD.place()] += rate;
            } else {
                switch (each.getKey().way()) {
                    case Way.ZeroCopy _ -> sample[Column.DOWNLOAD_ZERO_COPY.place()] += rate;
                    case Way.Streamed(var reason) -> {
                        sample[Column.DOWNLOAD_STREAMED.place()] += rate;
                        sample[Column.placeOf(reason)] += rate;
                    }
                }
            }
        }
        sample[Column.LOGINS.place()] = now.totals().logins() - last.totals().logins();
        sample[Column.FAILED_LOGINS.place()] =
                now.totals().failedLogins() - last.totals().failedLogins();
        sample[Column.REFUSED.place()] = now.totals().refused() - last.totals().refused();
        return sample;
    }

    /** The last day as the page draws it; made for one asker at a time, and for all others who ask the same until the next sample. */
    public String json() {
        making.lock();
        try {
            int newest = history.newest();
            Optional<Made> known = made.filter(last -> last.newest() == newest);
            String json = known.map(Made::json).orElseGet(() -> history.json(POINTS, clock.instant()));
            made = Optional.of(new Made(newest, json));
            return json;
        } finally {
            making.unlock();
        }
    }

    private void write() {
        writing.lock();
        try {
            if (!handedOver) {
                file.write(history);
            }
        } catch (IOException e) {
            FAULTS.write(
                    Level.WARN,
                    () -> "The history of the live page is known until the next restart only, because " + file
                            + " can't be written: " + FailureReason.of(e));
        } finally {
            writing.unlock();
        }
    }

    /** Writes it a last time, and leaves the file to a server that begins now. */
    public void handOver() {
        write();
        writing.lock();
        try {
            handedOver = true;
        } finally {
            writing.unlock();
        }
    }
}
