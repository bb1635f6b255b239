package dev.zeroftpd.dataconnection;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data connection that an event loop waits for. The first of ready, expired, lost and cancelled decides how it ends;
 * a failure is reported to the callback only once the channel is closed and its port is free. {@link #start()} and
 * {@link #cancel()} may be called from any thread, everything else runs on the loop.
 */
abstract class LoopAttempt implements DataConnectionAttempt, ReadyHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LoopAttempt.class);

    private final EventLoop loop;
    private final SelectableChannel channel;
    private final int interest;
    private final Duration timeout;
    private final OpenCallback callback;
    private @Nullable Registration registration;
    private boolean ended;

    LoopAttempt(EventLoop loop, SelectableChannel channel, int interest, Duration timeout, OpenCallback callback) {
        this.loop = loop;
        this.channel = channel;
        this.interest = interest;
        this.timeout = timeout;
        this.callback = callback;
    }

    /** Opens the connection if that is possible now, by {@link #opened(SocketChannel)}. */
    abstract void tryToOpen() throws IOException;

    /** The loop watches the channel from now on, unless that has failed. */
    void begun() {}

    /** The channel that was waited for is closed. */
    abstract void channelClosed();

    abstract NoDataConnection expiredOutcome();

    final DataConnectionAttempt start() {
        try {
            loop.execute(() -> {
                registration = loop.register(channel, interest, timeout.toNanos(), this);
                begun();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The loop has ended", e);
            end(new NoDataConnection("the server is shutting down"));
        }
        return this;
    }

    @Override
    public final void cancel() {
        try {
            loop.execute(() -> {
                if (!ended) {
                    closeThen(callback::cancelled);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The loop has ended and told so already", e);
        }
    }

    @Override
    public final void ready(int ops) {
        if (ended) {
            return;
        }
        try {
            tryToOpen();
        } catch (IOException e) {
            failed(OpenFaults.of(e));
        } catch (RuntimeException | Error e) {
            // the channel stays ready: unless this ends, the loop would call it again and again
            failed(OpenFaults.ofServer("Opening a data connection failed", e));
        }
    }

    @Override
    public final void expired() {
        failed(expiredOutcome());
    }

    @Override
    public final void lost(IOException cause) {
        if (!ended) {
            end(OpenFaults.of(cause));
        }
    }

    private void end(NoDataConnection outcome) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing {}", channel, e);
        }
        channelClosed();
        callback.failed(outcome);
    }

    /** True once it is decided how this ends; the channel may be closed a moment later. For the loop's thread. */
    final boolean hasEnded() {
        return ended;
    }

    final void opened(SocketChannel socket) {
        callback.opened(socket);
    }

    /** Ends this: the channel goes off the loop and stays open. */
    final void releaseThen(Runnable then) {
        ended = true;
        if (registration != null) {
            registration.release(then);
        }
    }

    /** Ends this: the channel is closed. */
    final void closeThen(Runnable then) {
        ended = true;
        if (registration != null) {
            registration.close(() -> {
                channelClosed();
                then.run();
            });
        }
    }

    private void failed(NoDataConnection outcome) {
        if (!ended) {
            closeThen(() -> callback.failed(outcome));
        }
    }
}
