package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way from the page cache to the socket. Moved by one thread at a time (the caller's, then its loop,
 * or the cold lane while the loop leaves it alone); {@link #cancel} and the looks at it may come from any thread.
 *
 * <pre>
 *  Inline ──── all sent, or failed ───────────────────────────────► Ended
 *    │ more to send
 *    ▼
 *  Sending ◄──── the chunk was fast again ──── Cold                  Sending, AwaitingTokens and Cold
 *    │   ▲ ─────── a chunk took too long ───────►                    go to Ended as well
 *    │   └──── the tokens are there ─────┐
 *    └── the throttle says later ──► AwaitingTokens
 * </pre>
 */
final class FileTransfer implements EngineTransfer, ReadyHandler {

    /** Sent on the caller's thread: small files end there without a hand-off, and no caller is held for long. */
    static final long INLINE_BYTES = 64 * 1024;

    /** One turn on the loop: about 0.3 ms, enough to make the calls' cost vanish, too short to starve the others. */
    static final long CHUNK_BYTES = 1024 * 1024;

    /** One turn in the cold lane. Shorter, because a cancellation waits for it and the disk decides how long it takes. */
    static final long COLD_CHUNK_BYTES = 256 * 1024;

    /** A turn that takes longer than this waited for the disk (or lost the processor, then the detour costs little). */
    private static final long SLOW_NANOS = 4_000_000;

    /** When "writable" was followed by "full" this often, the file system lies to us: pause instead of spinning. */
    private static final int FRUITLESS_TURNS = 3;

    private static final long FRUITLESS_PAUSE_NANOS = 10_000_000;
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private sealed interface State {
        record Inline() implements State {}

        record Sending() implements State {}

        record AwaitingTokens(LoopTimer timer) implements State {}

        record Cold() implements State {}

        record Ended() implements State {}
    }

    /** What a turn leaves to do. */
    private enum Next {
        MORE,
        SOCKET,
        TOKENS,
        END
    }

    private final TransferEngine engine;
    private final FileSend request;
    private final Consumer<TransferResult> completion;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private State state = new State.Inline();
    private volatile @Nullable EventLoop loop;
    private @Nullable Registration registration;
    private volatile long position;
    private volatile long waitingSince = NOT_WAITING;
    private long granted;
    private long tokenWaitNanos;
    private int fruitlessTurns;
    private boolean slow;

    FileTransfer(TransferEngine engine, FileSend request, Consumer<TransferResult> completion) {
        this.engine = engine;
        this.request = request;
        this.completion = completion;
        this.position = request.offset();
    }

    @Override
    public void cancel(Outcome.Aborted.Cause cause) {
        settle(new Outcome.Aborted(cause));
    }

    @Override
    public void expireIfStalled(long now, long limitNanos) {
        long since = waitingSince;
        if (since != NOT_WAITING && now - since > limitNanos) {
            settle(new Outcome.Stalled(Duration.ofNanos(limitNanos)));
        }
    }

    @Override
    public long bytes() {
        return position - request.offset();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(engine.now() - request.startedNanos());
    }

    /** The first turn, on the caller's thread. Ends the transfer here if that was all. */
    void begin() {
        Next next = turn(INLINE_BYTES);
        if (next == Next.END) {
            end();
            return;
        }
        EventLoop chosen = engine.loop();
        loop = chosen;
        engine.running(this);
        chosen.run(() -> enter(chosen, next));
    }

    private void enter(EventLoop chosen, Next next) {
        if (outcome.get() != null) {
            end();
            return;
        }
        state = new State.Sending();
        registration = chosen.register(request.socket(), 0, EventLoop.NO_DEADLINE, this);
        if (!(state instanceof State.Ended)) {
            follow(next);
        }
    }

    @Override
    public void ready(int ops) {
        if (state instanceof State.Sending) {
            follow(turn(CHUNK_BYTES));
        }
    }

    @Override
    public void expired() {
        throw new IllegalStateException("registered without a deadline");
    }

    @Override
    public void lost(IOException cause) {
        registration = null;
        decide(new Outcome.Aborted(Outcome.Aborted.Cause.SHUTDOWN));
        if (!(state instanceof State.Cold)) {
            end();
        }
    }

    /** On the loop: arranges what comes after a turn. */
    private void follow(Next next) {
        switch (next) {
            case MORE -> {
                if (slow) {
                    goCold();
                } else {
                    state(new State.Sending(), SelectionKey.OP_WRITE);
                }
            }
            case SOCKET -> awaitSocket();
            case TOKENS -> pause(tokenWaitNanos);
            case END -> end();
        }
    }

    private void awaitSocket() {
        if (fruitlessTurns >= FRUITLESS_TURNS) {
            pause(FRUITLESS_PAUSE_NANOS);
        } else {
            state(new State.Sending(), SelectionKey.OP_WRITE);
        }
    }

    private void pause(long nanos) {
        EventLoop current = Objects.requireNonNull(loop);
        // straight to the next chunk when the time has come: a detour through the selector would cost two calls more
        state(new State.AwaitingTokens(current.schedule(nanos, () -> follow(turn(CHUNK_BYTES)))), 0);
    }

    private void goCold() {
        state(new State.Cold(), 0);
        engine.coldLane().execute(() -> {
            Next next = turn(COLD_CHUNK_BYTES);
            while (next == Next.MORE && slow) {
                next = turn(COLD_CHUNK_BYTES);
            }
            Next last = next;
            Objects.requireNonNull(loop).execute(() -> {
                state = new State.Sending();
                follow(last);
            });
        });
    }

    private void state(State next, int interest) {
        state = next;
        if (registration != null) {
            registration.interest(interest);
        }
    }

    /** One attempt to move up to {@code budget} bytes, by whichever thread has the transfer now. */
    private Next turn(long budget) {
        if (outcome.get() != null) {
            return Next.END;
        }
        long remaining = request.source().size() - position;
        if (remaining == 0) {
            return complete();
        }
        if (granted == 0 && !reserve(Math.min(remaining, budget))) {
            return Next.TOKENS;
        }
        long count = Math.min(Math.min(remaining, budget), granted);
        long before = engine.now();
        try {
            Progress progress = SendFile.send(request.source().fileChannel(), position, count, request.socket());
            long after = engine.now();
            slow = after - before > SLOW_NANOS;
            return switch (progress) {
                case Progress.Moved moved -> moved(moved.bytes(), count, after);
                case Progress.SocketFull ignored -> full(after);
                case Progress.SourceEnded ended -> sourceEnded(ended.fileSize());
            };
        } catch (IOException e) {
            decide(SendFile.whoFailed(e, request.source().fileChannel(), position, request.socket()));
            return Next.END;
        }
    }

    /** Asks the throttle for the next bytes; false if they have to wait. */
    private boolean reserve(long wanted) {
        Throttle.Grant grant = request.throttle().reserve(wanted);
        granted = grant.bytes();
        tokenWaitNanos = grant.waitNanos();
        return grant.waitNanos() <= 0;
    }

    private Next moved(long bytes, long asked, long now) {
        long reached = position + bytes;
        position = reached;
        granted -= bytes;
        fruitlessTurns = 0;
        waitingSince = NOT_WAITING;
        long remaining = request.source().size() - position;
        if (remaining == 0) {
            return complete();
        }
        if (bytes < asked) {
            waitingSince = now;
            return Next.SOCKET;
        }
        return granted == 0 && !reserve(Math.min(remaining, CHUNK_BYTES)) ? Next.TOKENS : Next.MORE;
    }

    private Next full(long now) {
        fruitlessTurns++;
        if (waitingSince == NOT_WAITING) {
            waitingSince = now;
        }
        return Next.SOCKET;
    }

    private Next sourceEnded(long fileSize) {
        decide(new Outcome.SourceChanged(
                "promised " + request.source().size() + " bytes, the file has " + fileSize + " now"));
        return Next.END;
    }

    private Next complete() {
        try {
            decide(SourceStream.unlessChanged(request.source()));
        } catch (IOException e) {
            decide(new Outcome.LocalFailure("looking at the file again: " + e.getMessage(), e));
        }
        return Next.END;
    }

    private boolean decide(Outcome candidate) {
        return outcome.compareAndSet(null, candidate);
    }

    /** From any thread: decides, and lets the thread that has the transfer end it. */
    private void settle(Outcome candidate) {
        if (decide(candidate)) {
            EventLoop current = loop;
            if (current != null) {
                current.execute(this::endIfOurs);
            }
        }
    }

    private void endIfOurs() {
        switch (state) {
            case State.Sending ignored -> end();
            case State.AwaitingTokens ignored -> end();
            // those that have it now look at the outcome before their next turn
            case State.Inline ignored -> {}
            case State.Cold ignored -> {}
            case State.Ended ignored -> {}
        }
    }

    private void end() {
        if (state instanceof State.Ended) {
            return;
        }
        if (state instanceof State.AwaitingTokens awaiting) {
            awaiting.timer().cancel();
        }
        state = new State.Ended();
        waitingSince = NOT_WAITING;
        Outcome decided = Objects.requireNonNull(outcome.get());
        SocketChannel socket = request.socket();
        if (!(decided instanceof Outcome.Completed)) {
            Reset.onClose(socket);
        }
        request.throttle().close();
        SourceStream.closeRead(request.source());
        if (registration == null) {
            EventLoop.closeQuietly(socket);
            report(decided);
        } else {
            registration.close(() -> report(decided));
        }
    }

    private void report(Outcome decided) {
        engine.ended(this, new TransferResult(decided, bytes(), elapsed(), TransferPath.zeroCopy()), completion);
    }
}
