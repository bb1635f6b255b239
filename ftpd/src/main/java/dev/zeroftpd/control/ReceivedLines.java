package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.dataconnection.tls.HandshakeLog;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

/**
 * What one session has received. Any thread; one at a time passes lines on, holding no lock: over TLS the I/O thread
 * comes here holding MINA's lock on the TLS engine, which every reply needs too.
 */
final class ReceivedLines {
    /** Most unread replies, beyond those in the kernel's buffers, before we stop taking lines; {@link Intake} says why so few. */
    private static final int MAX_UNSENT = 16;

    /**
     * What a look at the socket may bring beyond what the mailbox takes; a client that has sent more commands behind an
     * upload counts as one that is still there.
     */
    private static final int MAX_HELD = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReentrantLock lock = new ReentrantLock();
    private final SessionCharset charset;
    private final LineDecoder decoder;
    private final UnsentReplies replies;
    private ByteBuffer rest = NOTHING;
    private @Nullable NextFilter next;
    private boolean begun;
    private boolean handingOn;
    private int counted;
    private boolean released;
    private boolean quit;
    private boolean ended;
    private boolean endHandedOn;

    /** True while lines wait for replies to be sent. */
    private volatile boolean awaitsSending;

    ReceivedLines(SessionCharset charset, UnsentReplies replies) {
        this.replies = replies;
        this.charset = charset;
        this.decoder = new LineDecoder(charset);
    }

    SessionCharset charset() {
        return charset;
    }

    UnsentReplies replies() {
        return replies;
    }

    /** Lets lines go on that waited for replies to leave. */
    void repliesHaveLeft(IoSession session) {
        if (awaitsSending && !replies.isOver(MAX_UNSENT)) {
            ControlConnection.resumeInput(session);
        }
    }

    void received(NextFilter nextFilter, IoSession session, IoBuffer buffer) {
        boolean mine;
        lock.lock();
        try {
            next = nextFilter;
            if (!begun) {
                begun = true;
                HandshakeLog.lookAtFirstBytes(session.getRemoteAddress(), buffer.buf());
            }
            append(buffer.buf());
            mine = begin();
            if (!mine) {
                keepRest();
                count(session);
                session.suspendRead();
            }
        } finally {
            lock.unlock();
        }
        if (mine) {
            handOn(session, nextFilter);
        }
        buffer.free();
    }

    void ended(NextFilter nextFilter, IoSession session) {
        lock.lock();
        try {
            next = nextFilter;
            ended = true;
        } finally {
            lock.unlock();
        }
        resume(session);
    }

    boolean isFull() {
        lock.lock();
        try {
            return rest.remaining() >= MAX_HELD;
        } finally {
            lock.unlock();
        }
    }

    boolean hasQuit() {
        lock.lock();
        try {
            return quit || isQuitAmong(rest.duplicate());
        } finally {
            lock.unlock();
        }
    }

    /** Waiting bytes begin at the start of a line, so a fresh decoder understands them. */
    private static boolean isQuitAmong(ByteBuffer lines) {
        LineDecoder fresh = new LineDecoder();
        Optional<Line> line = fresh.next(lines);
        while (line.isPresent() && !isQuit(line)) {
            line = fresh.next(lines);
        }
        return line.isPresent();
    }

    private static boolean isQuit(Optional<Line> line) {
        return line.isPresent() && line.get() instanceof Line.Text text && text.isQuit();
    }

    void resume(IoSession session) {
        @Nullable NextFilter nextFilter;
        lock.lock();
        try {
            nextFilter = next != null && begin() ? next : null;
        } finally {
            lock.unlock();
        }
        if (nextFilter != null) {
            handOn(session, nextFilter);
        }
    }

    void discard() {
        lock.lock();
        try {
            rest = NOTHING;
            decoder.clear();
        } finally {
            lock.unlock();
        }
    }

    private void append(ByteBuffer bytes) {
        if (!rest.hasRemaining()) {
            rest = bytes;
            return;
        }
        ByteBuffer both = ByteBuffer.allocate(rest.remaining() + bytes.remaining());
        rest = both.put(rest).put(bytes).flip();
    }

    /** False if a thread hands lines on: it goes on with what has come, or been allowed, since. Needs the lock. */
    private boolean begin() {
        boolean mine = !handingOn;
        handingOn = true;
        return mine;
    }

    private void handOn(IoSession session, NextFilter nextFilter) {
        boolean stopped = false;
        try {
            Optional<Line> line = nextOrEnd(session);
            while (line.isPresent()) {
                nextFilter.messageReceived(session, line.get());
                line = nextOrEnd(session);
            }
            stopped = true;
        } finally {
            if (!stopped) {
                end(session);
            }
        }
        if (isEndDue()) {
            nextFilter.inputClosed(session);
        }
    }

    /** True once: when the client has closed its side and all of its lines are handed on. */
    private boolean isEndDue() {
        lock.lock();
        try {
            boolean due = ended && !endHandedOn && !handingOn && !rest.hasRemaining();
            endHandedOn |= due;
            return due;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Line> nextOrEnd(IoSession session) {
        lock.lock();
        try {
            boolean paused = isPaused(session);
            ControlConnection.find(session).ifPresent(connection -> decoder.limit(connection.longestLine()));
            Optional<Line> line = paused ? Optional.empty() : decoder.next(rest);
            if (isQuit(line)) {
                quit = true;
                ControlConnection.find(session).map(ControlConnection::client).ifPresent(ClientPresence::wakeWatcher);
            }
            if (line.isEmpty()) {
                end(session);
                if (paused && !session.isReadSuspended()) {
                    session.suspendRead();
                } else if (!paused && !ended && session.isReadSuspended()) {
                    session.resumeRead();
                }
            }
            return line;
        } finally {
            lock.unlock();
        }
    }

    private void end(IoSession session) {
        lock.lock();
        try {
            handingOn = false;
            keepRest();
            count(session);
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended: it holds nothing any more. */
    void release(IoSession session) {
        lock.lock();
        try {
            released = true;
            rest = NOTHING;
            decoder.clear();
            count(session);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that are no command yet count for the whole server. Needs the lock. */
    private void count(IoSession session) {
        int held = released ? 0 : rest.remaining() + decoder.held();
        int more = held - counted;
        counted = held;
        if (more != 0) {
            ControlConnection.find(session).ifPresent(connection -> connection.holds(more));
        }
    }

    private boolean isPaused(IoSession session) {
        awaitsSending = replies.isOver(MAX_UNSENT);
        if (awaitsSending) {
            // a reply sent before this flag was set resumes nothing
            awaitsSending = replies.isOver(MAX_UNSENT);
        }
        return awaitsSending || ControlConnection.inputPaused(session);
    }

    /** The buffer belongs to the I/O thread: what stays is copied, and an idle session holds nothing. */
    private void keepRest() {
        rest = rest.hasRemaining()
                ? ByteBuffer.allocate(rest.remaining()).put(rest).flip()
                : NOTHING;
    }
}
