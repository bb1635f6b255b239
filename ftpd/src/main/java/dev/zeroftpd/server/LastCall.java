package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.Events;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between the order to stop and the drain: balancers that ask for the server's health lead clients elsewhere before
 * connections are refused. Any thread.
 */
final class LastCall {

    private static final Logger LOG = LoggerFactory.getLogger(LastCall.class);

    private final Duration delay;
    private final Events events;

    LastCall(Duration delay, Events events) {
        this.delay = delay;
        this.events = events;
    }

    Duration delay() {
        return delay;
    }

    /** Waits for the time to pass, at once if there is none. */
    void await() {
        if (delay.isZero()) {
            return;
        }
        events.log(() -> LOG.info("Stopping in {} s: not ready any more, but still accepting", delay.toSeconds()));
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
