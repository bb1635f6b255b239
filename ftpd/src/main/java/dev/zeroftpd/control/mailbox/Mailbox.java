package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
public final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** What runs, and what may run next. */
    private sealed interface State {
        record Ready() implements State {}

        record Running(Gate gate) implements State {}

        record Parked(Gate gate) implements State {}

        record Closed() implements State {}
    }

    /** What the letters run so far have left open. */
    private sealed interface Gate {
        record Open() implements Gate {}

        record Transferring(Pending pending) implements Gate {}

        record Waiting(Pending pending) implements Gate {}
    }

    private static final State READY = new State.Ready();
    private static final State CLOSED = new State.Closed();
    private static final Gate OPEN = new Gate.Open();

    private final LetterRunner runner;
    private final Runnable resumeInput;
    private final ReentrantLock lock = new ReentrantLock();
    private final LetterQueue queue;
    private State state = READY;
    private @Nullable Letter completion;
    private @Nullable Letter closing;
    private boolean discarding;
    private boolean reset;
    private @Nullable Cause cancelled;

    /**
     * @param executor runs what may block
     * @param othersWait whether something waits for a thread of the executor
     * @param resumeInput called when the input that {@link #inputPaused()} stopped may go on, from the mailbox's thread
     * @param intake how much may be queued before the input is stopped
     * @param nanoTime the clock by which turns are measured
     */
    public Mailbox(
            Executor executor, BooleanSupplier othersWait, Runnable resumeInput, Intake intake, LongSupplier nanoTime) {
        this.queue = new LetterQueue(intake);
        this.resumeInput = resumeInput;
        this.runner = new LetterRunner(executor, othersWait, nanoTime, this::afterRunning);
    }

    /** Queues a letter and runs it now, on this thread, if it is quick and nothing is before it. */
    public void offer(Letter letter) {
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
    public boolean runIfReady(Runnable body) {
        lock.lock();
        try {
            if (!(state instanceof State.Ready) || closing != null || discarding) {
                return false;
            }
            change(new State.Running(OPEN), "nothing ran");
        } finally {
            lock.unlock();
        }
        runner.runHere(new Letter(body, Conduct.QUICK));
        return true;
    }

    /** Drops what is queued and everything that comes, except completions and the closing letter. */
    public void discard() {
        lock.lock();
        try {
            discarding = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is queued and everything that comes, and runs {@code letter} once nothing is pending. */
    public void finishWith(Letter letter) {
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
    public void close(Runnable body) {
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
    public void clientReset() {
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

    /**
     * Asks what is pending to end early. Unless a single command is meant, as ABOR does, that holds for what the command that
     * runs is about to begin, too. Never blocks.
     */
    public void cancel(Cause cause) {
        Optional<Pending> pending;
        lock.lock();
        try {
            if (cause != Cause.ABOR && cancelled == null) {
                cancelled = cause;
            }
            pending = pending();
        } finally {
            lock.unlock();
        }
        pending.ifPresent(begun -> begun.cancel(cause));
    }

    /** Closes the gate for a transfer. Called by the letter that runs. */
    public void beginTransfer(Pending pending) {
        begin(new Gate.Transferring(pending), pending);
    }

    /** Closes the gate for everything. Called by the letter that runs. */
    public void beginWaiting(Pending pending) {
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
            if (cancelled != null) {
                cause = cancelled;
            } else if (closing != null) {
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
    public void complete(Runnable body) {
        lock.lock();
        try {
            completion = new Letter(body, Conduct.ORDINARY);
        } finally {
            lock.unlock();
        }
        start(false);
    }

    /** What has begun and not ended. */
    public Optional<Pending> pending() {
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
    public boolean inputPaused() {
        lock.lock();
        try {
            return queue.isInputPaused();
        } finally {
            lock.unlock();
        }
    }

    /** True while nothing runs, waits or is queued. */
    public boolean isReady() {
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
            runner.runHere(letter);
        } else {
            runner.handOn(letter);
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
