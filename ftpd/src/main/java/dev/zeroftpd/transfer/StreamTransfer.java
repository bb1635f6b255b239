package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PeerException;
import dev.zeroftpd.transfer.channel.PeerFault;
import dev.zeroftpd.transfer.form.DamagedStreamException;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streamed transfer from opening its data connection to its end, on a virtual thread of its own.
 * {@link #cancel} and the looks at it may come from any thread: they decide the outcome and drop the connection, which
 * wakes the thread. It is never interrupted: an interrupt would close the file too.
 */
final class StreamTransfer extends EngineTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTransfer.class);

    private final TransferRequest.Stream request;
    private final EndCallback callback;
    private final Thread thread;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final Turn turn;
    private final WaitClock wait;
    private volatile @Nullable WatchedChannel channel;

    StreamTransfer(TransferEngine engine, TransferRequest.Stream request, EndCallback callback) {
        super(engine, request);
        this.request = request;
        this.callback = callback;
        this.turn = engine.turns().of(limits().account());
        this.wait = new WaitClock(() -> withoutOurs(engine.now()));
        this.thread = Thread.ofVirtual().name("transfer").unstarted(() -> turn.during(this::run));
    }

    void begin() {
        engine.running(this);
        thread.start();
    }

    @Override
    void expireIfStalled(long now, long limitNanos) {
        if (wait.exceeds(withoutOurs(now), limitNanos)) {
            Duration limit = Duration.ofNanos(limitNanos);
            settle(
                    channel == null
                            ? new Outcome.NoDataConnection("not ready within " + limit)
                            : new Outcome.Stalled(limit));
        }
    }

    /** A clock that stands still while we make the peer wait for a place to compute. */
    private long withoutOurs(long now) {
        return now - turn.waitedNanos();
    }

    @Override
    public long bytes() {
        WatchedChannel current = channel;
        return current == null ? 0 : current.bytes();
    }

    @Override
    void settle(Outcome candidate) {
        if (outcome.compareAndSet(null, candidate)) {
            drop();
            LockSupport.unpark(thread);
        }
    }

    /** Drops the connection in whatever state it is; called twice it does no harm. */
    private void drop() {
        WatchedChannel current = channel;
        if (current == null) {
            request.channel().abandon();
        } else {
            current.reset();
        }
    }

    private void run() {
        outcome.compareAndSet(null, attempt());
        Outcome last = finish(Objects.requireNonNull(outcome.get()));
        limits().throttle().close();
        Duration elapsed = elapsed(); // without the moment that the peer gets to close its side
        WatchedChannel current = channel;
        if (current == null || !(last instanceof Outcome.Completed)) {
            drop();
        } else {
            last = closeWell(current, last);
        }
        long fileBytes = current == null ? 0 : current.fileBytes();
        Way way = Way.streamed(request.reason());
        engine.ended(this, new TransferResult(last, fileBytes, bytes(), elapsed, way), callback);
    }

    private Outcome attempt() {
        try {
            wait.begin();
            DataChannel opened = request.channel().open();
            wait.end();
            WatchedChannel watched = new WatchedChannel(
                    opened, limits().throttle(), wait, engine.buffers(), () -> outcome.get() != null);
            channel = watched;
            if (outcome.get() != null) {
                // decided while the channel was opened: the deciding thread could not see the channel yet
                watched.reset();
                return new Outcome.PeerClosed("dropped");
            }
            return request.task().run(watched);
        } catch (NoDataConnectionException e) {
            return e.outcome();
        } catch (PeerException | DamagedStreamException e) {
            LOG.debug("a transfer's peer failed", e);
            return new Outcome.PeerClosed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return channel == null ? unopened(e) : LocalFailures.outcome(e);
        } catch (RuntimeException | Error e) {
            LOG.debug("a transfer's task failed", e); // its end is logged with the cause
            return Outcome.LocalFailure.unexpected(e);
        } finally {
            wait.end();
            Turn.current().leave(); // a conversion that failed has left it to us
        }
    }

    private static Outcome unopened(IOException failure) {
        LOG.debug("A data connection can't be used", failure); // its end is logged
        return new Outcome.NoDataConnection(PeerFault.words(failure));
    }

    private Outcome finish(Outcome decided) {
        try {
            return request.task().finish(decided);
        } catch (IOException e) {
            return decided instanceof Outcome.Completed ? LocalFailures.outcome(e) : decided;
        } catch (RuntimeException | Error e) {
            if (decided instanceof Outcome.Completed) {
                return Outcome.LocalFailure.unexpected(e);
            }
            LOG.error("the last step of a transfer that had failed before failed too", e);
            return decided;
        }
    }

    /** With TLS the end is one more message to the peer, and may fail as any other. */
    private static Outcome closeWell(WatchedChannel channel, Outcome completed) {
        try {
            channel.closeWell();
            return completed;
        } catch (PeerException e) {
            return new Outcome.PeerClosed(String.format(Locale.ROOT, "at the end: %s", e.getMessage()));
        }
    }
}
