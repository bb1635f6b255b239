package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.metric.Flow;
import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.operator.OperatedServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the server for all viewers, when the first of them asks: without viewers nothing happens. One thread looks, that of
 * {@link Bench}; any may ask how long to wait.
 *
 * <p>It takes the longer a pause the more a look costs: with any number of sessions and viewers, pages have a few hundredths of
 * one processor.
 */
final class Live {

    /** Twice a second is smooth for people. */
    static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    /** What is older isn't live. */
    static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    /** A 25th of the time, at most, is spent on looking. */
    static final long PAUSE_PER_COST = 25;

    private final Watched watched;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Rates<Flow> flows = new Rates<>(true);
    private final Rates<String> transfers = new Rates<>(false);
    private long lastCost;
    private long spent;
    private volatile @Nullable Look latest;

    /**
     * One look.
     *
     * @param rates bytes per second; empty at the first
     * @param pause for how long it is the latest, in nanoseconds
     */
    record Look(Snapshot snapshot, boolean hasRows, Map<Flow, Long> rates, long pause) {}

    Live(Watched watched, InstantSource clock, LongSupplier nanoTime) {
        this.watched = watched;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** How long viewers wait before they look again. */
    Duration pause() {
        @Nullable Look known = latest;
        return Duration.ofNanos(known == null ? SHORTEST_PAUSE : known.pause());
    }

    /** How many nanoseconds all looks took. */
    long spent() {
        return spent;
    }

    /** The latest look, which is taken now if it is due. */
    Look now(boolean rowsWanted) {
        @Nullable Look known = latest;
        if (known != null && isFresh(known, rowsWanted)) {
            return known;
        }
        Look taken = take(rowsWanted);
        latest = taken;
        return taken;
    }

    /** Viewers come at slightly different times, and all of them shall share. */
    private boolean isFresh(Look look, boolean rowsWanted) {
        return (look.hasRows() || !rowsWanted)
                && nanoTime.getAsLong() - look.snapshot().nanos() < look.pause() * 9 / 10;
    }

    private Look take(boolean rowsWanted) {
        long now = nanoTime.getAsLong();
        List<Row> rows = rowsWanted ? rows(watched.sessions(), now) : List.of();
        Totals totals = watched.totals();
        Snapshot snapshot = new Snapshot(clock.instant(), now, rows, counts(), totals, watched::isMember);
        Map<Flow, Long> rates = flows.at(now, totals.bytes());
        long cost = nanoTime.getAsLong() - now;
        spent += cost;
        long pause = pause(Math.min(cost, lastCost)); // one look that had to wait for a processor says little
        lastCost = cost;
        return new Look(snapshot, rowsWanted, rates, pause);
    }

    /** After something that took so long, in nanoseconds. */
    static long pause(long cost) {
        return Math.clamp(PAUSE_PER_COST * Math.min(cost, LONGEST_PAUSE), SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    private Snapshot.Counts counts() {
        OperatedServer server = watched.operated();
        ControlConnections sessions = server.sessions();
        return new Snapshot.Counts(
                sessions.count(),
                sessions.beforeLogin(),
                sessions.transferring(),
                sessions.uploading(),
                server.bans().count(),
                server.isDraining());
    }

    private List<Row> rows(List<SessionView> views, long now) {
        Map<String, Long> bytes = new HashMap<>();
        for (SessionView view : views) {
            view.transfer().ifPresent(transfer -> bytes.put(view.session(), transfer.bytes()));
        }
        Map<String, Long> rates = transfers.at(now, bytes);
        ControlConnections sessions = watched.operated().sessions();
        List<Row> rows = new ArrayList<>(views.size());
        for (SessionView view : views) {
            @Nullable TransferView transfer = view.transfer().orElse(null);
            long rate = transfer == null ? 0 : rate(view.session(), transfer, rates, now);
            rows.add(new Row(view, rate, sessions::prefixOf));
        }
        return rows;
    }

    /** Since the look before, or on the average if this transfer, and not one before it in its session, wasn't there then. */
    private long rate(String session, TransferView transfer, Map<String, Long> rates, long now) {
        return transfer.elapsed().toNanos() < now - transfers.since()
                ? transfer.bytesPerSecond()
                : rates.getOrDefault(session, transfer.bytesPerSecond());
    }
}
