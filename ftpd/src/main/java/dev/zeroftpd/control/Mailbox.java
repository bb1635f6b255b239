package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's serial queue: everything that the session does, in order, one thing at a time. Every method may be
 * called from any thread; a letter runs on the executor's threads, or on the caller's if it never blocks.
 *
 * <pre>
 *             take                      ran, queue empty
 *   Ready ───────────► Running(Open) ───────────────────► Ready
 *                       │  ▲
 *     begin, the letter │  │ completion arrives (its body then runs behind an open gate)
 *     returns           ▼  │
 *              Parked(Transferring | Waiting)
 *                       │  ▲
 *          take (only   │  │ ran
 *          during a     ▼  │
 *          transfer) Running(Transferring)
 *
 *   Ready or Parked, closed, gate open ──► Running(Open) the closing letter ──► Closed
 * </pre>
 *
 * <p>Running means that a thread runs a letter or is on its way to. What may run next is in {@link #take()}: a
 * completion before all, then, behind an open gate, the closing letter or the queue's head, and during a transfer the
 * head if its conduct allows.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** A session that pipelines without end lets others have its thread after this many commands. */
    private static final int TURN = 32;

    /**
     * And after this time, because some commands take a thousand times as long as others. A thousand sessions then wait a
     * second for each other on two processors; a hand-over costs a hundredth of it.
     */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** What runs, and what may run next. */
    sealed interface State {
        record Ready() implements State {}

        record Running(Gate gate) implements State {}

        record Parked(Gate gate) implements State {}

        record Closed() implements State {}
    }

    /** What the letters run so far have left open. */
    sealed interface Gate {
        record Open() implements Gate {}

        record Transferring(Pending pending) implements Gate {}

        record Waiting(Pending pending) implements Gate {}
    }

    private static final State READY = new State.Ready();
    private static final State CLOSED = new State.Closed();
    private static final Gate OPEN = new Gate.Open();

    private final Executor executor;
    private final Runnable resumeInput;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final LetterQueue queue;
    private State state = READY;
    private @Nullable Letter completion;
    private @Nullable Letter closing;
    private boolean discarding;
    private boolean reset;

    /**
     * @param executor runs what may block
     * @param resumeInput called when the input that {@link #inputPaused()} stopped may go on, from the mailbox's thread
     * @param intake how much may be queued before the input is stopped
     * @param nanoTime the clock by which turns are measured
     */
    Mailbox(Executor executor, Runnable resumeInput, Intake intake, LongSupplier nanoTime) {
        this.queue = new LetterQueue(intake);
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.resumeInput = resumeInput;
    }

    /** Queues a letter and runs it now, on this thread, if it is quick and nothing is before it. */
    void offer(Letter letter) {
        lock.lock();
        try {
            if (closing != null || discarding || state instanceof State.Closed) {
                return;
            }
            queue.add(letter);
        } finally {
            lock.unlock();
        }
        start(true);
    }

    /** Runs {@code body} now, on this thread, if the session is idle; otherwise does nothing and returns false. */
    boolean runIfReady(Runnable body) {
        lock.lock();
        try {
            if (!(state instanceof State.Ready) || closing != null || discarding) {
                return false;
            }
            change(new State.Running(OPEN), "nothing ran");
        } finally {
            lock.unlock();
        }
        handOn(turn(new Letter(body, Conduct.QUICK), true));
        return true;
    }

    /** Drops what is queued and everything that comes, except completions and the closing letter. */
    void discard() {
        lock.lock();
        try {
            discarding = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is queued and everything that comes, and runs {@code letter} once nothing is pending. */
    void finishWith(Letter letter) {
        lock.lock();
        try {
            if (discarding || closing != null || state instanceof State.Closed) {
                return;
            }
            discarding = true;
            queue.clear();
            queue.addLast(letter);
        } finally {
            lock.unlock();
        }
        start(false);
    }

    /** Drops what is queued, cancels what is pending and runs {@code body} as the last thing after it. */
    void close(Runnable body) {
        Optional<Pending> pending;
        lock.lock();
        try {
            if (closing != null || state instanceof State.Closed) {
                return;
            }
            queue.clear();
            closing = new Letter(body, Conduct.ORDINARY);
            pending = pending();
        } finally {
            lock.unlock();
        }
        pending.ifPresent(transfer -> transfer.cancel(Cause.CONTROL_CLOSED));
        start(false);
    }

    /**
     * Ends what is pending, unless it can do without its client; queued letters still run, though no reply arrives.
     */
    void clientReset() {
        Optional<Pending> pending;
        lock.lock();
        try {
            reset = true;
            pending = pending();
        } finally {
            lock.unlock();
        }
        pending.ifPresent(Pending::clientReset);
    }

    /** Closes the gate for a transfer. Called by the letter that runs. */
    void beginTransfer(Pending pending) {
        begin(new Gate.Transferring(pending), pending);
    }

    /** Closes the gate for everything. Called by the letter that runs. */
    void beginWaiting(Pending pending) {
        begin(new Gate.Waiting(pending), pending);
    }

    /** A cancellation that came before this found nothing to cancel, so it takes effect here. */
    private void begin(Gate gate, Pending pending) {
        @Nullable Cause cause = null;
        boolean unheard;
        lock.lock();
        try {
            enter(gate);
            unheard = reset;
            if (closing != null) {
                cause = Cause.CONTROL_CLOSED;
            } else if (queue.hasAbort()) {
                cause = Cause.ABOR;
            }
        } finally {
            lock.unlock();
        }
        if (cause != null) {
            pending.cancel(cause);
        } else if (unheard) {
            pending.clientReset();
        }
    }

    private void enter(Gate gate) {
        if (!(state instanceof State.Running(Gate.Open _))) {
            throw new IllegalStateException("Only a command that runs and has begun nothing yet may begin something");
        }
        change(new State.Running(gate), "a command began something");
    }

    /** Opens the gate again: {@code body} runs next. Called once for everything that was begun. */
    void complete(Runnable body) {
        lock.lock();
        try {
            completion = new Letter(body, Conduct.ORDINARY);
        } finally {
            lock.unlock();
        }
        start(false);
    }

    /** What has begun and not ended. */
    Optional<Pending> pending() {
        lock.lock();
        try {
            return switch (gate()) {
                case Gate.Transferring(Pending pending) -> Optional.of(pending);
                case Gate.Waiting(Pending pending) -> Optional.of(pending);
                case Gate.Open _ -> Optional.empty();
            };
        } finally {
            lock.unlock();
        }
    }

    /** True if nothing more should be read until the callback of the constructor says so. */
    boolean inputPaused() {
        lock.lock();
        try {
            return queue.isInputPaused();
        } finally {
            lock.unlock();
        }
    }

    /** True while nothing runs, waits or is queued. */
    boolean isReady() {
        lock.lock();
        try {
            return state instanceof State.Ready;
        } finally {
            lock.unlock();
        }
    }

    private void start(boolean onThisThread) {
        @Nullable Letter letter;
        lock.lock();
        try {
            if (state instanceof State.Running || state instanceof State.Closed) {
                return;
            }
            letter = take();
        } finally {
            lock.unlock();
        }
        if (letter != null && onThisThread && letter.conduct().quick()) {
            handOn(turn(letter, true));
        } else {
            handOn(letter);
        }
    }

    /** Where the system has no thread left, this one has to do: a letter that waits for ever would be worse. */
    private void handOn(@Nullable Letter letter) {
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
        run(first);
        @Nullable Letter letter = afterRunning(first);
        for (int count = 1; letter != null; count++) {
            boolean turnIsOver = count >= TURN || nanoTime.getAsLong() - begun >= TURN_NANOS;
            if (turnIsOver || (quickOnly && !letter.conduct().quick())) {
                return letter;
            }
            run(letter);
            letter = afterRunning(letter);
        }
        return null;
    }

    private static void run(Letter letter) {
        try {
            letter.body().run();
        } catch (RuntimeException | Error e) {
            LOG.error("A command failed without a reply", e);
        }
    }

    private @Nullable Letter afterRunning(Letter ran) {
        boolean resume;
        @Nullable Letter next;
        lock.lock();
        try {
            next = ran.equals(closing) ? end() : take();
            resume = queue.resumes(ran);
        } finally {
            lock.unlock();
        }
        if (resume) {
            resumeInput.run();
        }
        return next;
    }

    private @Nullable Letter end() {
        change(CLOSED, "the closing letter ran");
        return null;
    }

    /** Takes the next letter that may run and enters the state that follows. Needs the lock. */
    private @Nullable Letter take() {
        Gate gate = gate();
        if (completion != null && !(gate instanceof Gate.Open)) {
            Letter next = completion;
            completion = null;
            change(new State.Running(OPEN), "completed");
            return next;
        }
        @Nullable
        Letter next = switch (gate) {
            case Gate.Open _ -> closing != null ? closing : queue.poll();
            case Gate.Transferring _ -> headDuringTransfer();
            case Gate.Waiting _ -> null;
        };
        if (next != null) {
            change(new State.Running(gate), "next");
        } else {
            change(gate instanceof Gate.Open ? READY : new State.Parked(gate), "nothing may run");
        }
        return next;
    }

    private @Nullable Letter headDuringTransfer() {
        Letter head = queue.peek();
        return head != null && head.conduct().duringTransfer() ? queue.poll() : null;
    }

    private Gate gate() {
        return switch (state) {
            case State.Running(Gate gate) -> gate;
            case State.Parked(Gate gate) -> gate;
            case State.Ready _, State.Closed _ -> OPEN;
        };
    }

    /** The one place where the state changes. Needs the lock. */
    private void change(State next, String why) {
        if (LOG.isTraceEnabled() && !next.equals(state)) {
            LOG.trace("{} -> {}: {}", state, next, why);
        }
        state = next;
    }
}
