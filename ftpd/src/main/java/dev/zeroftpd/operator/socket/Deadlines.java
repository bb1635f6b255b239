package dev.zeroftpd.operator.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections on which something takes too long. Any thread; its own exists only while an operator is connected.
 */
public final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("operator-deadline").factory());

    public Deadlines() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** What has to end in time. */
    public record Deadline(Future<?> end) implements AutoCloseable {

        /** It has ended. */
        @Override
        public void close() {
            end.cancel(false);
        }
    }

    /** Closes {@code channel} after that time, unless the result is closed before. */
    public Deadline within(Duration time, SocketChannel channel) {
        return new Deadline(timer.schedule(() -> close(channel), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("An operator's connection could not be closed", e);
        }
    }
}
