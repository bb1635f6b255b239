package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.FilePump.DiskWait;
import dev.zeroftpd.transfer.channel.LingeringClose;
import dev.zeroftpd.transfer.channel.Reset;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.LoopTimer;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way from the page cache to the socket. Moved by one thread at a time (the caller's, then its loop, or
 * the cold lane while the loop leaves it alone); {@link #cancel} and the looks at it may come from any thread.
 *
 * <pre>
 *  Inline ──── all sent, or failed ──────────────────────────► Ended
 *    │ more to send                                              ▲
 *    ▼                                                           │ all sent, failed, cancelled, stalled
 *  Sending ── a turn had to wait for the disk ──► Cold ──────────┤
 *    │  ▲ ◄──────── a turn was fast again ──────────┘            │
 *    │  └──── its time has come ──┐                              │
 *    └── not before some time ──► Paused ────────────────────────┘     (and from Sending)
 * </pre>
 */
final class ZeroCopyTransfer extends EngineTransfer implements ReadyHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ZeroCopyTransfer.class);

    /** The smallest turn on the loop: about 0.3 ms, long enough to make the cost of the calls negligible. */
    static final long LEAST_CHUNK_BYTES = 1024 * 1024;

    /**
     * A file with no more than this left is sent by the caller's thread to its end, without a hand-off, which gave up
     * to 1.3 times as many downloads. A larger one is handed to the loop after its first piece.
     */
    static final long INLINE_BYTES = LEAST_CHUNK_BYTES;

    /** One piece on the caller's thread. The piece that has to wait for the disk is the last one there. */
    private static final long INLINE_PIECE_BYTES = 64 * 1024;

    /**
     * One round of a loop, shared by its channels: about 5 ms until each had its turn. A transfer that has the loop for
     * itself gets all of it, since a fast peer falls asleep in each pause between two calls, and waking it costs a
     * tenth of all processor time.
     */
    static final long SHARED_CHUNK_BYTES = 16 * LEAST_CHUNK_BYTES;

    /** One turn in the cold lane. Shorter, because a cancellation waits for it and the disk decides how long it takes. */
    private static final long COLD_CHUNK_BYTES = 256 * 1024;

    private sealed interface State {
        record Inline() implements State {}

        record Sending(Registration registration) implements State {}

        record Paused(Registration registration, LoopTimer timer) implements State {}

        record Cold(Registration registration) implements State {}

        record Ended() implements State {}
    }

    private final TransferRequest.ZeroCopy request;
    private final EndCallback callback;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final WaitClock wait;
    private final FilePump pump;
    private State state = new State.Inline();
    private volatile @Nullable EventLoop loop;

    ZeroCopyTransfer(TransferEngine engine, TransferRequest.ZeroCopy request, EndCallback callback) {
        super(engine, request);
        this.request = request;
        this.callback = callback;
        this.wait = new WaitClock(engine::now);
        this.pump = new FilePump(request, engine::now, wait);
    }

    @Override
    void expireIfStalled(long now, long limitNanos) {
        if (wait.exceeds(now, limitNanos)) {
            settle(new Outcome.Stalled(Duration.ofNanos(limitNanos)));
        }
    }

    @Override
    public long bytes() {
        return pump.bytes();
    }

    /** The first turns, on the caller's thread. Ends the transfer here if that was all. */
    void begin() {
        FilePump.Next next = sendInline();
        if (next instanceof FilePump.Next.Ended) {
            endInline();
            return;
        }
        EventLoop chosen = engine.loop();
        loop = chosen;
        engine.running(this);
        try {
            chosen.run(() -> enter(chosen, next));
        } catch (RejectedExecutionException e) {
            decide(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
            endUnregistered();
        }
    }

    private FilePump.Next sendInline() {
        boolean small = request.source().size() - request.offset() <= INLINE_BYTES;
        FilePump.Next next = turn(INLINE_PIECE_BYTES);
        while (small && next instanceof FilePump.Next.Again(DiskWait waited) && waited == DiskWait.NONE) {
            next = turn(INLINE_PIECE_BYTES);
        }
        return next;
    }

    private void enter(EventLoop chosen, FilePump.Next next) {
        if (outcome.get() != null) {
            endUnregistered();
            return;
        }
        Registration registration = chosen.register(request.socket(), 0, EventLoop.NO_DEADLINE, this);
        if (!(state instanceof State.Ended)) {
            follow(registration, next);
        }
    }

    @Override
    public void ready(int ops) {
        if (state instanceof State.Sending(Registration registration)) {
            follow(registration, turn(chunk()));
        }
    }

    private long chunk() {
        return Math.max(LEAST_CHUNK_BYTES, SHARED_CHUNK_BYTES / ownLoop().channels());
    }

    @Override
    public void expired() {
        throw new IllegalStateException("registered without a deadline");
    }

    @Override
    public void lost(IOException cause) {
        decide(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        if (!(state instanceof State.Cold)) {
            endUnregistered();
        }
    }

    /** One turn, by whichever thread has the transfer now; nothing more is sent once there is an outcome. */
    private FilePump.Next turn(long budget) {
        Outcome decided = outcome.get();
        if (decided != null) {
            return new FilePump.Next.Ended(decided);
        }
        FilePump.Next next = guardedTurn(budget);
        if (next instanceof FilePump.Next.Ended ended) {
            decide(ended.outcome());
        }
        return next;
    }

    /** A turn that fails unexpectedly ends the transfer: no thread would look at it again. */
    private FilePump.Next guardedTurn(long budget) {
        try {
            return pump.turn(budget);
        } catch (RuntimeException | Error e) {
            LOG.debug("a transfer failed", e); // its end is logged with the cause
            return new FilePump.Next.Ended(Outcome.LocalFailure.unexpected(e));
        }
    }

    /** On the loop: arranges what comes after a turn. */
    private void follow(Registration registration, FilePump.Next next) {
        switch (next) {
            case FilePump.Next.Again(DiskWait waited) -> {
                if (waited == DiskWait.LONG) {
                    registration.interest(0);
                    become(new State.Cold(registration), "a turn had to wait for the disk");
                    goOnInColdLane(registration);
                } else {
                    become(new State.Sending(registration), "more to send");
                    registration.interest(SelectionKey.OP_WRITE);
                }
            }
            case FilePump.Next.WhenWritable ignored -> {
                become(new State.Sending(registration), "the socket is full");
                registration.interest(SelectionKey.OP_WRITE);
            }
            case FilePump.Next.After after -> {
                registration.interest(0);
                // straight to the next turn when the time has come: a detour through the selector costs two calls more
                Runnable resume = () -> follow(registration, turn(chunk()));
                become(
                        new State.Paused(registration, ownLoop().schedule(after.nanos(), resume)),
                        "not before some time");
            }
            case FilePump.Next.Ended ignored -> end(registration);
        }
    }

    private void goOnInColdLane(Registration registration) {
        engine.coldLane().execute(() -> {
            FilePump.Next next = turn(COLD_CHUNK_BYTES);
            while (next instanceof FilePump.Next.Again(DiskWait waited) && waited == DiskWait.LONG) {
                next = turn(COLD_CHUNK_BYTES);
            }
            FilePump.Next last = next;
            try {
                ownLoop().execute(() -> follow(registration, last));
            } catch (RejectedExecutionException e) {
                // the loop ends, and lost() leaves this transfer's end to us, whichever of the two comes first
                decide(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
                endUnregistered();
            }
        });
    }

    /** The one place that changes the state. */
    private void become(State next, String why) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}: {}, then {}: {}", request.socket(), state, next, why);
        }
        state = next;
    }

    private EventLoop ownLoop() {
        return Objects.requireNonNull(loop);
    }

    private boolean decide(Outcome candidate) {
        return outcome.compareAndSet(null, candidate);
    }

    /** Decides, and lets the thread that has the transfer end it. */
    @Override
    void settle(Outcome candidate) {
        if (decide(candidate)) {
            EventLoop current = loop;
            if (current != null) {
                try {
                    current.execute(this::endIfOnLoop);
                } catch (RejectedExecutionException e) {
                    // the loop is ending, and calls lost() for each of its channels
                }
            }
        }
    }

    private void endIfOnLoop() {
        switch (state) {
            case State.Sending(Registration registration) -> end(registration);
            case State.Paused(Registration registration, LoopTimer timer) -> {
                timer.cancel();
                end(registration);
            }
            // the thread that has it now checks the outcome before the next turn
            case State.Inline ignored -> {}
            case State.Cold ignored -> {}
            case State.Ended ignored -> {}
        }
    }

    /** On the caller's thread: a loop, which must not wait, or a thread of commands, which may for a moment. */
    private void endInline() {
        TransferResult result = release();
        if (!result.completed()) {
            EventLoop.closeQuietly(request.socket());
            report(result);
            return;
        }
        LingeringClose close = lingeringClose(result);
        EventLoop chosen = engine.loop();
        if (chosen.isCurrent() || !close.inPlace()) {
            engine.running(this);
            close.on(chosen);
        }
    }

    private void end(Registration registration) {
        TransferResult result = release();
        if (result.completed()) {
            registration.release(() -> lingeringClose(result).on(ownLoop()));
        } else {
            registration.close(() -> report(result));
        }
    }

    private LingeringClose lingeringClose(TransferResult result) {
        return new LingeringClose(request.socket(), limits().close(), engine::now, () -> report(result));
    }

    /** For a socket that no selector knows (any more). */
    private void endUnregistered() {
        if (state instanceof State.Ended) {
            return;
        }
        TransferResult result = release();
        EventLoop.closeQuietly(request.socket());
        report(result);
    }

    /** Lets go of all but the socket. */
    private TransferResult release() {
        Outcome decided = Objects.requireNonNull(outcome.get());
        become(new State.Ended(), "it has an outcome");
        wait.end();
        if (!(decided instanceof Outcome.Completed)) {
            Reset.onClose(request.socket());
        }
        limits().throttle().close();
        SourceStream.closeRead(request.source());
        return new TransferResult(decided, bytes(), elapsed(), Way.zeroCopy());
    }

    private void report(TransferResult result) {
        engine.ended(this, result, callback);
    }
}
