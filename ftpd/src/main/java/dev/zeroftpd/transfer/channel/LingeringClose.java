package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the data connection of a complete download: FIN, then a moment for the peer to close its side. {@link #inPlace}
 * runs on the thread that sent the last byte, the rest on an event loop; a blocking sender uses {@link #await}.
 *
 * <p>A client that closes has read the data, and so the 150 before it. Without this the 226 would follow the 150 so
 * closely that a client which is far away, or waits for a processor, gets both in one read; some (aria2, lwIP's) then
 * never see the 226. The wait is short, because other clients close only after the 226. How the peer closes changes
 * nothing: every byte was handed to the kernel, and some clients close with a reset when they have them all.
 */
public final class LingeringClose implements ReadyHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LingeringClose.class);

    /** Many times what TLS sends at the end; a peer that sends more breaks the protocol and is not waited for. */
    private static final int UNREAD_BYTES = 4096;

    private static final int PIECE_BYTES = 512;

    /**
     * A client on this machine has mostly closed by the second look, if the thread lets it have the processor; then no
     * system call is needed to make the socket wait.
     */
    private static final int LOOKS = 3;

    private final SocketChannel socket;
    private final PeerHabit habit;
    private final Runnable then;
    private final LongSupplier nanoTime;
    private final long begunNanos;
    private @Nullable Registration registration;
    private int unread;

    /**
     * Takes over {@code socket}, which is non-blocking and known to no selector.
     *
     * @param nanoTime the clock of the loop that may follow
     * @param then runs once, when the socket is closed
     */
    public LingeringClose(SocketChannel socket, PeerHabit habit, LongSupplier nanoTime, Runnable then) {
        this.socket = socket;
        this.habit = habit;
        this.nanoTime = nanoTime;
        this.begunNanos = nanoTime.getAsLong();
        this.then = then;
    }

    /**
     * Says FIN and waits on this thread, for a few milliseconds at most, if the habit makes that worthwhile. True if the
     * connection has ended; else {@link #on} has to follow.
     */
    public boolean inPlace() {
        int millis = habit.millisInPlace();
        if (millis == 0) {
            return false;
        }
        boolean ended;
        try {
            socket.shutdownOutput();
            ended = hasEndedAtOnce() || endsWithin(millis);
        } catch (IOException e) {
            LOG.debug("The peer is gone already: {}", socket, e);
            ended = true;
        }
        if (ended) {
            habit.closed(nanoTime.getAsLong() - begunNanos);
            close();
        }
        return ended;
    }

    @SuppressWarnings("ThreadPriorityCheck") // only faster where the scheduler does as it is asked
    private boolean hasEndedAtOnce() {
        for (int look = 1; look < LOOKS; look++) {
            if (peerEnded()) {
                return true;
            }
            Thread.yield();
        }
        return peerEnded();
    }

    private boolean endsWithin(int millis) throws IOException {
        socket.configureBlocking(true);
        boolean ended = await(socket, millis);
        if (!ended) {
            socket.configureBlocking(false);
        }
        return ended;
    }

    /** Says FIN if that isn't done, and waits on {@code loop}. */
    public void on(EventLoop loop) {
        try {
            loop.run(() -> enter(loop));
        } catch (RejectedExecutionException e) {
            LOG.debug("No time to wait for the peer: {}", socket, e); // the server ends
            close();
        }
    }

    private void enter(EventLoop loop) {
        long left = TimeUnit.MILLISECONDS.toNanos(habit.millis()) - (nanoTime.getAsLong() - begunNanos);
        registration = loop.register(socket, SelectionKey.OP_READ, Math.max(left, 0), this);
        if (!socket.isOpen()) {
            return; // the loop could not take it, and said so by lost
        }
        try {
            // only now, so that the deadline is set before the peer can hear of the end
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("The peer is gone already: {}", socket, e);
            registration.close(then);
        }
    }

    @Override
    public void ready(int ops) {
        if (peerEnded()) {
            habit.closed(nanoTime.getAsLong() - begunNanos);
            Objects.requireNonNull(registration).close(then);
        } else if (unread > UNREAD_BYTES) {
            Objects.requireNonNull(registration).close(then);
        }
    }

    private boolean peerEnded() {
        try {
            int count = socket.read(ByteBuffer.allocate(PIECE_BYTES));
            unread += count;
            return count < 0;
        } catch (IOException e) {
            LOG.debug("The peer has reset {}", socket, e);
            return true;
        }
    }

    @Override
    public void expired() {
        habit.keptOpen();
        Objects.requireNonNull(registration).close(then);
    }

    @Override
    public void lost(IOException cause) {
        close();
    }

    private void close() {
        EventLoop.closeQuietly(socket);
        then.run();
    }

    /**
     * Says FIN, and waits on this thread until the peer has closed its side of a blocking {@code socket}; false if it
     * has not within {@code millis}. The socket stays open.
     */
    static boolean await(SocketChannel socket, int millis) throws IOException {
        socket.shutdownOutput();
        InputStream input = socket.socket().getInputStream();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        byte[] piece = new byte[PIECE_BYTES];
        int unread = 0;
        for (int left = millis; left > 0 && unread <= UNREAD_BYTES; left = millisUntil(deadline)) {
            socket.socket().setSoTimeout(left);
            try {
                int count = input.read(piece);
                if (count < 0) {
                    return true;
                }
                unread += count;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
        return false;
    }

    private static int millisUntil(long deadline) {
        return (int) TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
}
