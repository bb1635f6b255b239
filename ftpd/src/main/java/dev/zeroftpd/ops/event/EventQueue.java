package dev.zeroftpd.ops.event;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

    /**
     * What comes in this time after a line waits for its end, and wakes no thread: waking it for each line costs a small
     * download a tenth of all its processor time. No reader of a log notices the delay.
     */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private record Line(Runnable writing, int size) {}

    private final List<EventWriter> writers;
    private final int room;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>(); // bounded by the size of what is in it
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;

    /** The thread waits until it is woken. */
    private volatile boolean asleep;

    private volatile boolean closing;

    /** The thread writes nothing more. */
    private volatile boolean ended;

    public EventQueue(EventWriter... writers) {
        this(ROOM, writers);
    }

    EventQueue(int room, EventWriter... writers) {
        this.room = room;
        this.writers = List.of(writers);
        this.thread = Thread.ofPlatform()
                .name("events")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::writeUntilClosed);
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
    void put(Runnable line, int characters) {
        put(line, LEAST + characters, room / 2);
    }

    private void put(Runnable writing, int size, int most) {
        if (taken.addAndGet(size) > most) {
            taken.addAndGet(-size);
            leftOut.incrementAndGet();
            return;
        }
        lines.add(new Line(writing, size));
        if (begun.compareAndSet(false, true)) {
            begin();
        } else if (ended) {
            writeAll();
        } else if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void begin() {
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            begun.set(false); // the next event tries again
            throw noThread;
        }
    }

    private void writeUntilClosed() {
        while (!closing) {
            writeAll();
            LockSupport.parkNanos(this, PAUSE.toNanos());
            asleep = true;
            if (lines.isEmpty() && !closing) {
                LockSupport.park(this);
            }
            asleep = false;
        }
        writeAll();
        ended = true;
        writeAll(); // what came before it could know
    }

    /** By the thread; by all threads once it has ended, which then take turns. */
    private synchronized void writeAll() {
        for (Line line = lines.poll(); line != null; line = lines.poll()) {
            write(line);
        }
    }

    private void write(Line line) {
        run(line.writing());
        // while it is nearly full, more will be left out
        if (taken.addAndGet(-line.size()) <= room / 4) {
            long missing = leftOut.getAndSet(0);
            if (missing > 0) {
                run(() -> LOG.warn(
                        "{} missing here: the log took no lines for a while",
                        missing == 1 ? "1 line is" : missing + " lines are"));
            }
        }
    }

    /** What it throws, for want of memory for example, would end all logs. */
    private static void run(Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private static void fail(Throwable e) {
        try {
            LOG.error("A line could not be written", e);
        } catch (RuntimeException | Error unsaid) {
            // there is no memory for this line either
        }
    }

    /** Writes what it has, unless that takes long: then what happens from now on is lost. */
    @Override
    public void close() {
        closing = true;
        if (begun.compareAndSet(false, true)) {
            ended = true;
            return;
        }
        LockSupport.unpark(thread);
        try {
            if (!thread.join(LAST_LINES)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
