package dev.zeroftpd.transfer.loop;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A channel's place on an event loop. Every method may be called by any thread and acts on the loop.
 *
 * <p>A registered channel keeps its descriptor (and its port) until the selector has dropped its key. So it must be
 * closed only through this class, which sees to that.
 */
public final class Registration {

    private final EventLoop loop;
    private final SelectableChannel channel;
    private final ReadyHandler handler;
    private @Nullable SelectionKey key;
    private @Nullable LoopTimer deadline;
    private boolean gone;

    Registration(EventLoop loop, SelectableChannel channel, ReadyHandler handler) {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
    }

    /** Changes what the channel waits for; 0 for nothing. */
    public void interest(int ops) {
        loop.run(() -> {
            SelectionKey current = key;
            if (current != null && !gone && current.isValid() && current.interestOps() != ops) {
                current.interestOps(ops);
            }
        });
    }

    /** Takes the channel off the loop but leaves it open; {@code then} runs on the loop when no selector knows it. */
    public void release(Runnable then) {
        loop.run(() -> {
            leave();
            loop.afterForgetting(then);
        });
    }

    /** Closes the channel; {@code then} runs on the loop when the descriptor is free. */
    public void close(Runnable then) {
        loop.run(() -> {
            leave();
            EventLoop.closeQuietly(channel);
            loop.afterForgetting(then);
        });
    }

    void enter(Selector selector, int ops, long timeoutNanos) {
        if (gone) {
            return;
        }
        try {
            key = channel.register(selector, ops, this);
        } catch (ClosedChannelException
                | ClosedSelectorException
                | CancelledKeyException
                | IllegalBlockingModeException e) {
            lose(new IOException("cannot register with the event loop", e));
            return;
        }
        if (timeoutNanos < EventLoop.NO_DEADLINE) {
            deadline = loop.schedule(timeoutNanos, () -> {
                deadline = null;
                handler.expired();
            });
        }
    }

    void dispatch(SelectionKey ready) {
        if (!gone && ready.isValid()) {
            handler.ready(ready.readyOps());
        }
    }

    void lose(IOException cause) {
        if (!gone) {
            leave();
            handler.lost(cause);
        }
    }

    private void leave() {
        gone = true;
        if (key != null) {
            key.cancel();
        }
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }
}
