package dev.zeroftpd.control;

import java.io.IOException;
import java.util.concurrent.Executor;
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

    /** Called by MINA's processor pool, which finds it by reflection. */
    public DirectWriteProcessor(Executor executor) {
        super(executor);
    }

    /**
     * Reads what is there once.
     *
     * <p>MINA reads on until the kernel has nothing more, and counts on this to say so. A read that left room in the buffer
     * has emptied the socket already, and whatever comes later wakes the selector.
     */
    @Override
    protected int read(NioSession session, IoBuffer buffer) throws Exception {
        return buffer.position() > 0 ? 0 : readOnce(session, buffer);
    }

    /** A client that resets its connection is nothing unusual, but MINA would log each as an error of its own. */
    private int readOnce(NioSession session, IoBuffer buffer) throws Exception {
        try {
            return super.read(session, buffer);
        } catch (IOException gone) {
            session.getFilterChain().fireExceptionCaught(gone);
            return 0;
        }
    }

    /** As reading. Whoever handles the exception closes the session, so nobody tries again. */
    @Override
    protected int write(NioSession session, IoBuffer buffer, int length) throws IOException {
        try {
            return super.write(session, buffer, length);
        } catch (IOException gone) {
            session.getFilterChain().fireExceptionCaught(gone);
            return 0;
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
            written = super.write(session, buffer, buffer.remaining());
        } catch (IOException e) {
            // The I/O thread meets the same error when it flushes the queue.
            return false;
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
