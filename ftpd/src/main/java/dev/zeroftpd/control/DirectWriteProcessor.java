package dev.zeroftpd.control;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;

/**
 * MINA's I/O processor, except that a reply goes out on the thread that wrote it when nothing is waiting before it.
 * Stock MINA queues each reply and wakes the I/O thread to send it: two context switches for every reply, the largest
 * single cost of a small download. Any thread may write; reading stays on the I/O thread.
 */
public final class DirectWriteProcessor extends NioProcessor {

    /** How often idle sessions are looked for; MINA's selector sleeps for a second at most. */
    private static final long IDLE_ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long nextIdleRound = System.nanoTime();

    /** Called by MINA's processor pool, which finds it by reflection. */
    public DirectWriteProcessor(Executor executor) {
        super(executor);
    }

    /** Sessions that were found ready before an error interrupted their turn are still there: the selector names them once. */
    @Override
    protected int select(long timeout) throws Exception {
        int ready = super.select(timeout);
        lookForIdle();
        return ready == 0 && selectedSessions().hasNext() ? 1 : ready;
    }

    private void lookForIdle() {
        long now = System.nanoTime();
        if (now - nextIdleRound >= 0) {
            nextIdleRound = now + IDLE_ROUND_NANOS;
            allSessions()
                    .forEachRemaining(session ->
                            ControlConnection.find(session).ifPresent(connection -> connection.endIfIdle(now)));
        }
    }

    /**
     * Reads once and passes the bytes on itself. MINA would do that with the returned bytes, so it is told that none
     * came. Later bytes wake the selector.
     */
    @Override
    protected int read(NioSession session, IoBuffer buffer) throws Exception {
        Optional<ControlConnection> connection = ControlConnection.find(session);
        if (connection.isEmpty()) {
            return readRefused(session, buffer);
        }
        try {
            int count = connection.get().socket().read(session, buffer);
            adaptReadBuffer(session, count, buffer.capacity());
        } catch (Error e) {
            // its own session pays for it; the others know nothing of it
            session.closeNow();
            throw e;
        }
        return 0;
    }

    /** Clients often reset their connections; MINA would log each reset as an error of its own. */
    private int readRefused(NioSession session, IoBuffer buffer) throws Exception {
        try {
            return buffer.position() > 0 ? 0 : super.read(session, buffer);
        } catch (IOException gone) {
            session.getFilterChain().fireExceptionCaught(gone);
            return 0;
        }
    }

    /** As MINA does with what it reads itself: up to the limit while reads come back full. */
    private static void adaptReadBuffer(NioSession session, int read, int size) {
        if (read == size) {
            session.increaseReadBufferSize();
        } else if (read > 0 && read < size / 2) {
            session.decreaseReadBufferSize();
        }
    }

    /**
     * A failed write discards only the reply: what the client sent before it left is still carried out, and the reading
     * side says when all of it has been read.
     */
    @Override
    protected int write(NioSession session, IoBuffer buffer, int length) throws IOException {
        try {
            return super.write(session, buffer, length);
        } catch (IOException gone) {
            Optional<ControlConnection> connection = ControlConnection.find(session);
            if (connection.isEmpty()) {
                session.getFilterChain().fireExceptionCaught(gone);
                return 0;
            }
            int discarded = Math.min(length, buffer.remaining());
            buffer.skip(discarded);
            connection.get().repliesLost(gone);
            return discarded;
        }
    }

    /**
     * Sends at once, or queues what the kernel did not take.
     *
     * <p>The order of replies holds because the session's bytes are counted before this is called: if the count is this
     * request's alone, then nothing is queued and no flush is under way, and the lock keeps it so until the request is
     * either sent or first in the queue.
     */
    @Override
    public void write(NioSession session, WriteRequest request) {
        synchronized (session) {
            if (!sentAtOnce(session, request)) {
                super.write(session, request);
            }
        }
    }

    /**
     * Reads again, or stops, at once.
     *
     * <p>MINA changes what the selector waits for and lets it sleep on, up to a second: a TLS handshake behind AUTH, or
     * commands behind a full mailbox, would wait for that long.
     */
    @Override
    public void updateTrafficControl(NioSession session) {
        super.updateTrafficControl(session);
        wakeup();
    }

    private boolean sentAtOnce(NioSession session, WriteRequest request) {
        if (!(request.getMessage() instanceof IoBuffer buffer)
                || !buffer.hasRemaining()
                || session.isWriteSuspended()
                || session.getScheduledWriteBytes() != buffer.remaining()
                || !session.getWriteRequestQueue().isEmpty(session)) {
            return false;
        }
        int written;
        try {
            written = write(session, buffer, buffer.remaining());
        } catch (IOException e) {
            return false; // the I/O thread meets it again
        }
        if (written > 0) {
            session.increaseWrittenBytes(written, System.currentTimeMillis());
        }
        if (buffer.hasRemaining()) {
            return false;
        }
        session.getFilterChain().fireMessageSent(request);
        return true;
    }
}
