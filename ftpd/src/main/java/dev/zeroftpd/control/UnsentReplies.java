package dev.zeroftpd.control;

import dev.zeroftpd.dataconnection.tls.ControlTlsFilter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

/**
 * One session's replies that were written but not yet taken by the kernel; a close waits for the last of them. Any
 * thread.
 *
 * <p>MINA's own closing on flush doesn't see replies that wait for their encryption.
 */
final class UnsentReplies {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean closing;
    private volatile boolean lost;

    /** True if more than {@code most} wait; never if the client can't get any. */
    boolean isOver(int most) {
        return !lost && count.get() > most;
    }

    /** False if the reply is to be discarded: the client can't get it any more. */
    boolean accept() {
        if (lost || closed.get()) {
            return false;
        }
        count.incrementAndGet();
        return true;
    }

    void sent(IoSession session) {
        count.decrementAndGet();
        closeIfDue(session);
    }

    /** Discards all later replies: the client has closed its side, or can't be reached. */
    void lose(IoSession session) {
        lost = true;
        closeIfDue(session);
    }

    /** Closes the connection when everything that was written is sent. */
    void closeBehind(IoSession session) {
        closing = true;
        closeIfDue(session);
    }

    private void closeIfDue(IoSession session) {
        if (!closing) {
            return;
        }
        @Nullable
        ControlTlsFilter tls = (ControlTlsFilter) session.getFilterChain().get(ControlTlsFilter.class);
        // nothing can be sent before the handshake ends, which may be never
        boolean sendable = !lost && (tls == null || tls.canSend(session));
        if ((!sendable || count.get() <= 0) && closed.compareAndSet(false, true)) {
            if (sendable && tls != null) {
                tls.sayGoodbye(session);
            }
            session.closeOnFlush();
        }
    }
}
