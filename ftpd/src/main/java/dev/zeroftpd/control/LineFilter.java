package dev.zeroftpd.control;

import dev.zeroftpd.dataconnection.tls.ControlTlsFilter;
import dev.zeroftpd.transfer.NameCharset;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.FilterEvent;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the control connection: bytes to {@link Line}s one by one, replies to bytes. Shared by all sessions of a
 * listener; called by I/O threads, and by a session's mailbox when its input goes on.
 *
 * <p>After each line it asks whether the mailbox takes more, and whether the client takes its replies. If not, it stops
 * the socket and keeps the bytes that are already here: so a client cannot fill the memory, not even with replies that it
 * never reads, and bytes that came behind AUTH TLS can still be thrown away once it is known that the command succeeded
 * (the "STARTTLS injection").
 */
final class LineFilter extends IoFilterAdapter {
    private static final byte IAC = (byte) 0xff;

    /** A client may leave so many replies unread beyond what the kernel holds; then no more lines are taken. */
    private static final int MAX_UNSENT = 32;

    /**
     * What a look at the socket may bring beyond what the mailbox takes; a client that has sent more commands behind an
     * upload counts as one that is still there.
     */
    private static final int MAX_HELD = 64 * 1024;

    private static final AttributeKey INPUT = new AttributeKey(LineFilter.class, "input");

    private final NameCharset charset;

    /** @param charset what a session speaks at its beginning */
    LineFilter(NameCharset charset) {
        this.charset = charset;
    }

    @Override
    public void sessionCreated(NextFilter next, IoSession session) {
        SessionCharset.begin(session, charset);
        next.sessionCreated(session);
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        if (message instanceof IoBuffer buffer) {
            input(session).received(next, session, buffer);
        } else {
            next.messageReceived(session, message);
        }
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        Input input = input(session);
        if (request.getMessage() instanceof FtpReply reply) {
            request.setMessage(IoBuffer.wrap(escapeIac(input.charset.current().encode(reply.toString()))));
        }
        if (input.replies.accept()) {
            next.filterWrite(session, request);
        } else {
            request.getFuture().setException(new WriteToClosedSessionException(request));
        }
    }

    /** May be called under the locks of the thread that wrote the reply: lines are handed on by another one. */
    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) {
        next.messageSent(session, request);
        Input input = input(session);
        input.replies.sent(session);
        if (input.awaitsSending && !input.replies.isOver(MAX_UNSENT)) {
            ControlConnection.resumeInput(session);
        }
    }

    /** The client has closed its side: what it said before is handed on, then this. */
    @Override
    public void inputClosed(NextFilter next, IoSession session) {
        ControlConnection.find(session).ifPresent(ControlConnection::departed);
        input(session).ended(next, session);
    }

    /** TLS can't carry another reply. */
    @Override
    public void event(NextFilter next, IoSession session, FilterEvent event) throws Exception {
        if (event == ControlTlsFilter.End.OF_OUTPUT) {
            loseReplies(session);
        }
        next.event(session, event);
    }

    /** Discards the replies that are written from now on. */
    static void loseReplies(IoSession session) {
        Input input = input(session);
        input.replies.lose(session);
        if (input.awaitsSending) {
            ControlConnection.resumeInput(session);
        }
    }

    /** Closes the connection once the replies written so far are sent. Never blocks. */
    static void closeBehindReplies(IoSession session) {
        input(session).replies.closeBehind(session);
    }

    /** True if the session holds as much as it may of what the client sent and nothing has looked at yet. */
    static boolean isFull(IoSession session) {
        return input(session).isFull();
    }

    /** True if a QUIT has come, whether it has had its turn or not. */
    static boolean hasQuit(IoSession session) {
        return input(session).hasQuit();
    }

    /**
     * A byte 255 of a name is doubled, because the client's Telnet (RFC 854) would take it for the beginning of a command.
     * UTF-8 has none.
     */
    private static byte[] escapeIac(byte[] text) {
        int count = 0;
        for (byte value : text) {
            count += value == IAC ? 1 : 0;
        }
        if (count == 0) {
            return text;
        }
        ByteBuffer escaped = ByteBuffer.allocate(text.length + count);
        for (byte value : text) {
            escaped.put(value);
            if (value == IAC) {
                escaped.put(IAC);
            }
        }
        return escaped.array();
    }

    /** Goes on with the bytes that are here, and with the socket. */
    static void resume(IoSession session) {
        input(session).resume(session);
    }

    /** Throws away what was received and not yet handed on. */
    static void discard(IoSession session) {
        input(session).discard();
    }

    private static Input input(IoSession session) {
        return switch (session.getAttribute(INPUT)) {
            case Input input -> input;
            case null, default -> {
                Input input = new Input(SessionCharset.of(session));
                yield session.setAttributeIfAbsent(INPUT, input) instanceof Input other ? other : input;
            }
        };
    }

    /**
     * What one session has received. Any thread; one at a time hands lines on, and holds no lock meanwhile: over TLS the
     * I/O thread comes here with MINA's lock of the TLS engine, which every reply needs too.
     */
    private static final class Input {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final ReentrantLock lock = new ReentrantLock();
        private final SessionCharset charset;
        private final LineDecoder decoder;
        private final UnsentReplies replies = new UnsentReplies();
        private ByteBuffer rest = NOTHING;
        private @Nullable NextFilter next;
        private boolean handingOn;
        private boolean quit;
        private boolean ended;
        private boolean endHandedOn;

        /** True while lines wait for replies to be sent. */
        private volatile boolean awaitsSending;

        Input(SessionCharset charset) {
            this.charset = charset;
            this.decoder = new LineDecoder(charset);
        }

        void received(NextFilter nextFilter, IoSession session, IoBuffer buffer) {
            boolean mine;
            lock.lock();
            try {
                next = nextFilter;
                append(buffer.buf());
                mine = begin();
                if (!mine) {
                    keepRest();
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

        /** Lines wait from their beginning on, so a decoder that knows nothing of those before them understands them. */
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
                    end();
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
                Optional<Line> line = paused ? Optional.empty() : decoder.next(rest);
                if (isQuit(line)) {
                    quit = true;
                    ControlConnection.find(session).ifPresent(ControlConnection::wakeWatcher);
                }
                if (line.isEmpty()) {
                    end();
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

        private void end() {
            lock.lock();
            try {
                handingOn = false;
                keepRest();
            } finally {
                lock.unlock();
            }
        }

        private boolean isPaused(IoSession session) {
            awaitsSending = replies.isOver(MAX_UNSENT);
            if (awaitsSending) {
                // what was sent before that could be seen resumes nothing
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
}
