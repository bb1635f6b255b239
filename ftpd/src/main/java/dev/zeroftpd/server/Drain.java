package dev.zeroftpd.server;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.os.Quantity;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the sessions of a server end: by themselves while they have time, then idle ones at once, transfers within the grace
 * period. Any thread; {@link #run} blocks, and is called once.
 */
final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /** The time that aborted transfers have to say 426 and 421 after the grace period. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** How soon a shorter grace period is noticed. */
    private static final Duration STEP = Duration.ofMillis(200);

    private final ServerParts parts;
    private final Settings settings;
    private final GracePeriod ofSessions = new GracePeriod();
    private final GracePeriod ofTransfers = new GracePeriod();

    Drain(ServerParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
    }

    /**
     * Begins the grace periods, or shortens them.
     *
     * @param longest until the last transfer is ended; empty: as the settings have it
     * @param before everything goes on for that long in any case
     */
    void endWithin(Optional<Duration> longest, Duration before) {
        Duration sessions = settings.shutdownSessionGrace();
        Duration transfers = longest.orElse(sessions.plus(settings.shutdownGrace()));
        ofSessions.atMost(before.plus(sessions.compareTo(transfers) < 0 ? sessions : transfers));
        ofTransfers.atMost(before.plus(transfers));
    }

    /** Gives the sessions their time, then says goodbye to idle ones, lets transfers go on for the rest, and ends them. */
    void run() {
        try {
            try {
                awaitNoSession(ofSessions);
            } finally { // also where this thread is interrupted
                parts.sessions().drain("Shutting down.");
                parts.hurry();
            }
            if (!awaitNoSession(ofTransfers)) {
                String transfers = Quantity.of(parts.sessions().transferring(), "transfer");
                parts.events().log(() -> LOG.info("Aborting {}: the grace period is over", transfers));
                parts.sessions().cancelTransfers();
                parts.sessions().awaitNone(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNoSession(GracePeriod grace) throws InterruptedException {
        Duration left = grace.left();
        while (!parts.sessions().awaitNone(left.compareTo(STEP) < 0 ? left : STEP)) {
            left = grace.left();
            if (left.isZero()) {
                return false;
            }
        }
        return true;
    }

    /**
     * How long something may go on once the server is to end. Each order to end can only shorten it: a SIGTERM during a
     * long drain still means soon. Any thread.
     */
    private static final class GracePeriod {

        private boolean begun;
        private long end;

        /** Begins it, or shortens it. */
        synchronized void atMost(Duration longest) {
            long wanted = System.nanoTime() + longest.toNanos();
            if (!begun || wanted - end < 0) {
                end = wanted;
            }
            begun = true;
        }

        /** Zero when it is over. */
        synchronized Duration left() {
            return Duration.ofNanos(begun ? Math.max(0, end - System.nanoTime()) : 0);
        }
    }
}
