package dev.zeroftpd.hook;

import dev.zeroftpd.ops.FewLines;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One receiver with its queue and its threads, which end when there is nothing to do. {@link #deliver} is for those threads,
 * the rest for the one of {@link HookQueue}.
 */
final class Target implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Target.class);

    private static final long IDLE_SECONDS = 30;

    private static final long LAST_KILL_SECONDS = 2;

    private static final int LINES_PER_MINUTE = 4;

    private final String name;
    private final Supplier<Receiver> maker;
    private final Lane lane = new Lane();
    private final FewLines failures = FewLines.perMinute(LOG, LINES_PER_MINUTE);
    private final ThreadPoolExecutor threads;
    private boolean failing;
    private @Nullable Receiver receiver;

    /** @param maker of the receiver, asked once, when there is something to deliver */
    Target(String name, Supplier<Receiver> maker) {
        this.name = name;
        this.maker = maker;
        this.threads = new ThreadPoolExecutor(
                Lane.MOST_AT_ONCE,
                Lane.MOST_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // the lane gives no more than there are threads
                Thread.ofPlatform()
                        .name("hook-", 0)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    Lane lane() {
        return lane;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Never throws: a failure that was not foreseen is a failure of this attempt. */
    Receiver.Answer deliver(HookEvent event) {
        try {
            return receiver().deliver(event);
        } catch (RuntimeException | Error e) {
            LOG.error("An attempt to deliver an event to {} failed unexpectedly", name, e);
            return new Receiver.Answer(false, "unexpected error, see the log");
        }
    }

    private synchronized Receiver receiver() {
        if (receiver == null) {
            receiver = maker.get();
        }
        return receiver;
    }

    void tellFailure(HookEvent event, Receiver.Answer answer) {
        failing = true;
        failures.write(
                Level.WARN,
                () -> "The hook " + name + " has not taken a " + event.kind() + " event (" + answer.detail()
                        + "); it will be tried again");
    }

    void tellSuccess(HookEvent event, Receiver.Answer answer) {
        if (failing) {
            failing = false;
            LOG.info("The hook {} takes events again", name);
        }
        LOG.debug("The hook {} has taken {} {}: {}", name, event.kind(), event.id(), answer.detail());
    }

    @Override
    public String toString() {
        return name;
    }

    void close() {
        threads.shutdownNow(); // kills programs
        try {
            if (!threads.awaitTermination(LAST_KILL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The hook {} goes on", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Receiver made;
        synchronized (this) {
            made = receiver;
        }
        if (made != null) {
            made.close();
        }
    }
}
