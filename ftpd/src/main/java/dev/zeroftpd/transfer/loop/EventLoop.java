package dev.zeroftpd.transfer.loop;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with a selector of its own that serves many data connections: readiness, timers and small tasks.
 * {@link #execute}, {@link #register} and {@link #close} may be called by any thread, {@link #schedule} by the loop only.
 *
 * <p>Whatever runs here must not block: no file is opened here, no reply written, nothing logged in the normal course.
 */
public final class EventLoop implements AutoCloseable {

    /** For {@link #register}: wait as long as it takes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<LoopTimer> timers = new TreeSet<>();
    private final ArrayDeque<Runnable> afterForgetting = new ArrayDeque<>();
    private long timerSequence;
    private volatile boolean selecting;
    private volatile boolean closing;

    private EventLoop(String name, LongSupplier nanoTime) throws IOException {
        this.selector = Selector.open();
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /** Starts a loop; {@code nanoTime} is the clock of its timers. */
    public static EventLoop start(String name, LongSupplier nanoTime) throws IOException {
        EventLoop loop = new EventLoop(name, nanoTime);
        loop.thread.start();
        return loop;
    }

    /** True on this loop's own thread. */
    public boolean isCurrent() {
        return thread.equals(Thread.currentThread());
    }

    /**
     * Runs {@code task} soon on the loop, in the order of the calls.
     *
     * @throws RejectedExecutionException if the loop is closed
     */
    public void execute(Runnable task) {
        if (closing) {
            throw new RejectedExecutionException("the event loop is closed");
        }
        tasks.add(task);
        if (closing && tasks.remove(task)) {
            // the loop may have looked for the last time between the two
            throw new RejectedExecutionException("the event loop is closed");
        }
        if (!isCurrent() && selecting) {
            selector.wakeup();
        }
    }

    /** Runs {@code task} now if this is the loop, else soon. */
    public void run(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /**
     * Watches a non-blocking channel.
     *
     * @param ops what to wait for, of {@link SelectionKey}; 0 for nothing yet
     * @param timeoutNanos until {@link ReadyHandler#expired}, or {@link #NO_DEADLINE}
     */
    public Registration register(SelectableChannel channel, int ops, long timeoutNanos, ReadyHandler handler) {
        Registration registration = new Registration(this, channel, handler);
        run(() -> registration.enter(selector, ops, timeoutNanos));
        return registration;
    }

    /** How many channels this loop watches. For the loop's thread only. */
    public int channels() {
        return selector.keys().size();
    }

    /** Runs {@code action} on this loop in {@code delayNanos}. For the loop's thread only. */
    public LoopTimer schedule(long delayNanos, Runnable action) {
        LoopTimer timer = new LoopTimer(this, nanoTime.getAsLong() + delayNanos, timerSequence++, action);
        timers.add(timer);
        return timer;
    }

    /**
     * Ends the loop: {@link ReadyHandler#lost} is called for every registration. Waits for the thread unless called by
     * it.
     */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (isCurrent()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void forget(LoopTimer timer) {
        timers.remove(timer);
    }

    /** Runs {@code then} on the loop once the selector has dropped the keys cancelled so far. */
    void afterForgetting(Runnable then) {
        afterForgetting.add(then);
    }

    public static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the descriptor is gone either way, and there is nothing to do about the kernel's error
            LOG.debug("closing {}", channel, e);
        }
    }

    private void loop() {
        try {
            while (!closing) {
                runTasks();
                runTimers();
                select();
                dispatch();
                forgetCancelled();
            }
        } catch (IOException | ClosedSelectorException e) {
            LOG.error("event loop {} ends", thread.getName(), e);
        } finally {
            end();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void runTimers() {
        long now = nanoTime.getAsLong();
        while (!timers.isEmpty() && timers.getFirst().deadline - now <= 0) {
            guarded(timers.removeFirst().action);
        }
    }

    private void select() throws IOException {
        if (!selector.selectedKeys().isEmpty() || !afterForgetting.isEmpty()) {
            return;
        }
        selecting = true;
        try {
            // a thread that adds a task after this check sees `selecting` and wakes us
            if (!tasks.isEmpty() || closing) {
                selector.selectNow();
            } else if (timers.isEmpty()) {
                selector.select();
            } else {
                waitForTimer(timers.getFirst().deadline - nanoTime.getAsLong());
            }
        } finally {
            selecting = false;
        }
    }

    private void waitForTimer(long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
    }

    private void dispatch() {
        Set<SelectionKey> selected = selector.selectedKeys();
        if (selected.isEmpty()) {
            return;
        }
        for (SelectionKey key : selected) {
            Registration registration = (Registration) key.attachment();
            guarded(() -> registration.dispatch(key));
            // a cancellation must not wait until all other channels had their turn
            runTasks();
        }
        selected.clear();
    }

    private void forgetCancelled() throws IOException {
        while (!afterForgetting.isEmpty()) {
            List<Runnable> forgotten = List.copyOf(afterForgetting);
            afterForgetting.clear();
            selector.selectNow();
            forgotten.forEach(EventLoop::guarded);
        }
    }

    /** A failing task must not end the loop; even an OutOfMemoryError may pass. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("an event loop's task failed", e);
        }
    }

    private void end() {
        closing = true;
        try {
            do {
                // a task may still register something
                runTasks();
                for (SelectionKey key : List.copyOf(selector.keys())) {
                    guarded(() -> ((Registration) key.attachment()).lose(new IOException("the event loop is closed")));
                }
            } while (!tasks.isEmpty());
            selector.close();
            while (!afterForgetting.isEmpty()) {
                guarded(afterForgetting.poll());
            }
        } catch (IOException e) {
            LOG.error("closing the selector of {}", thread.getName(), e);
        }
    }
}
