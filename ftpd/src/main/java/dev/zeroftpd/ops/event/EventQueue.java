package dev.zeroftpd.ops.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from threads that must not wait to writers that may, such as logs: a pipe that no program reads, or a slow disk,
 * must not stop the server. Any thread; {@link #close} waits for some seconds.
 *
 * <p>The order is kept. What has no room is left out and counted, and the log says how many there were as soon as it goes on.
 * Strangers have half of the room only. The one thread begins with the first event: it has the rights of whom the event is of.
 */
public final class EventQueue implements EventWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    /** In characters, some 8,000 usual events: texts count, as a client can make them long. */
    private static final int ROOM = 2 << 20;

    /** What an event without any text takes. */
    private static final int LEAST = 200;

    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private final List<EventWriter> writers;
    private final int room;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();
    private final ThreadPoolExecutor thread;

    public EventQueue(EventWriter... writers) {
        this(ROOM, writers);
    }

    EventQueue(int room, EventWriter... writers) {
        this.room = room;
        this.writers = List.of(writers);
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by the size of what is in it
                Thread.ofPlatform()
                        .name("events")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
    }

    @Override
    public boolean wants(EventKind kind) {
        for (int i = 0; i < writers.size(); i++) { // called often: makes no iterator
            if (writers.get(i).wants(kind)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(Event event) {
        Runnable line = () -> {
            for (EventWriter writer : writers) {
                Events.write(writer, event);
            }
        };
        put(line, LEAST + event.characters(), event.kind().isOfStrangers() ? room / 2 : room);
    }

    /** Runs what writes another line to the log, in its turn. */
    void put(Runnable line) {
        put(line, LEAST, room / 2);
    }

    private void put(Runnable line, int size, int most) {
        if (taken.addAndGet(size) > most) {
            leaveOut(size);
            return;
        }
        try {
            thread.execute(() -> run(line, size));
        } catch (RejectedExecutionException closed) {
            if (thread.isTerminated()) { // nothing is before it any more
                run(line, size);
            } else {
                leaveOut(size);
            }
        }
    }

    private void leaveOut(int size) {
        taken.addAndGet(-size);
        leftOut.incrementAndGet();
    }

    private void run(Runnable line, int size) {
        line.run();
        // while it is nearly full, more will be left out
        if (taken.addAndGet(-size) <= room / 4) {
            long missing = leftOut.getAndSet(0);
            if (missing > 0) {
                LOG.warn(
                        "{} missing here: the log took no lines for a while",
                        missing == 1 ? "1 line is" : missing + " lines are");
            }
        }
    }

    /** Writes what it has, unless that takes long: then what happens from now on is lost. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_LINES.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
