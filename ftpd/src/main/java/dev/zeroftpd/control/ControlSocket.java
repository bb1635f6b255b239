package dev.zeroftpd.control;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.transport.socket.nio.NioSession;

/**
 * The receiving side of one control connection's socket: passes what the kernel has received to the session's filters.
 * The I/O thread reads when the selector says so; an upload that ends reads to learn what the client has sent by now.
 * One thread at a time: it passes on what it read before the next one reads, so bytes keep their order.
 */
final class ControlSocket {

    /** Bytes that one look reads at once; a QUIT takes six. */
    private static final int LOOK_BYTES = 2048;

    private final ControlConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended;

    ControlSocket(ControlConnection connection) {
        this.connection = connection;
    }

    /** Reads once, without waiting; returns the number of bytes. */
    int read(NioSession session, IoBuffer buffer) {
        lock.lock();
        try {
            if (ended) {
                session.suspendRead(); // otherwise the selector would report the ended stream for ever
                return 0;
            }
            int count = session.getChannel().read(buffer.buf());
            if (count < 0) {
                end(session);
            } else if (count > 0) {
                session.getFilterChain().fireMessageReceived(buffer.flip().duplicate());
            }
            return Math.max(0, count);
        } catch (IOException reset) {
            connection.reset();
            end(session);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** Reads what the kernel has, up to its end or as much as a session may hold. */
    void takeIn(NioSession session) {
        int came = 1;
        while (came > 0 && !LineFilter.isFull(session)) {
            came = read(session, IoBuffer.allocate(LOOK_BYTES));
        }
    }

    private void end(NioSession session) {
        ended = true;
        session.suspendRead();
        session.getFilterChain().fireInputClosed();
    }
}
