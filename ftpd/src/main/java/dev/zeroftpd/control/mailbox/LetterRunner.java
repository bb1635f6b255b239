package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.ops.FewLines;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Runs the letters of one mailbox, which says what follows each of them; sessions take turns for the threads. Any thread,
 * but one at a time: the mailbox hands out the next letter only when the last one has run.
 */
final class LetterRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LetterRunner.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 20);

    /** A session that pipelines without end lets others have its thread after this many commands. */
    private static final int TURN = 32;

    /**
     * And after this time, because some commands take a thousand times as long as others. A thousand sessions then wait a
     * second for each other on two processors; a hand-over costs a hundredth of it.
     */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** What comes after a letter. */
    interface Following {

        /** Called when {@code ran} has run: what is to run now, or null. */
        @Nullable
        Letter after(Letter ran);
    }

    private final Executor executor;
    private final BooleanSupplier othersWait;
    private final LongSupplier nanoTime;
    private final Following following;

    /**
     * @param executor runs what may block
     * @param othersWait whether something waits for a thread: if not, a turn that is over goes on
     * @param nanoTime the clock by which turns are measured
     * @param following asked after each letter
     */
    LetterRunner(Executor executor, BooleanSupplier othersWait, LongSupplier nanoTime, Following following) {
        this.executor = executor;
        this.othersWait = othersWait;
        this.nanoTime = nanoTime;
        this.following = following;
    }

    /** Runs a letter that never blocks, and those that follow as long as they don't either, on this thread. */
    void runHere(Letter quick) {
        handOn(turn(quick, true));
    }

    /** Where the system has no thread left, this one has to do: a letter that waits for ever would be worse. */
    void handOn(@Nullable Letter letter) {
        @Nullable Letter next = letter;
        while (next != null && !isTaken(next)) {
            next = turn(next, false);
        }
    }

    private boolean isTaken(Letter letter) {
        try {
            executor.execute(() -> handOn(turn(letter, false)));
            return true;
        } catch (RejectedExecutionException noThread) {
            LOG.debug("A command runs on the thread that it came by", noThread);
            return false;
        }
    }

    /** Runs {@code first} and what follows; returns what another thread is to run: if this one must not block, also that. */
    private @Nullable Letter turn(Letter first, boolean quickOnly) {
        long begun = nanoTime.getAsLong();
        @Nullable Letter letter = run(first);
        for (int count = 1; letter != null; count++) {
            boolean turnIsOver = count >= TURN || nanoTime.getAsLong() - begun >= TURN_NANOS;
            boolean wanted = quickOnly || othersWait.getAsBoolean(); // an I/O thread has always others to serve
            if ((turnIsOver && wanted) || (quickOnly && !letter.conduct().quick())) {
                return letter;
            }
            letter = run(letter);
        }
        return null;
    }

    private @Nullable Letter run(Letter letter) {
        try {
            letter.body().run();
        } catch (RuntimeException | Error e) {
            FAULTS.write(Level.ERROR, () -> "A command failed without a reply", e);
        }
        return following.after(letter);
    }
}
