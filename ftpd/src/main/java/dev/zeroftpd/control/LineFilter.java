package dev.zeroftpd.control;

import dev.zeroftpd.transfer.EscapedUtf8;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the control connection: bytes to {@link Line}s one by one, replies to bytes. Shared by all sessions of a
 * listener; called by I/O threads, and by a session's mailbox when its input goes on.
 *
 * <p>After each line it asks whether the mailbox takes more. If not, it stops the socket and keeps the bytes that are
 * already here: so a client cannot fill the memory, and bytes that came behind AUTH TLS can still be thrown away once
 * it is known that the command succeeded (the "STARTTLS injection").
 */
final class LineFilter extends IoFilterAdapter {
    private static final byte IAC = (byte) 0xff;
    private static final AttributeKey INPUT = new AttributeKey(LineFilter.class, "input");

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
        if (request.getMessage() instanceof FtpReply reply) {
            request.setMessage(IoBuffer.wrap(escapeIac(EscapedUtf8.encode(reply.toString()))));
        }
        next.filterWrite(session, request);
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
                Input input = new Input();
                yield session.setAttributeIfAbsent(INPUT, input) instanceof Input other ? other : input;
            }
        };
    }

    /** What one session has received. Any thread. */
    private static final class Input {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final ReentrantLock lock = new ReentrantLock();
        private final LineDecoder decoder = new LineDecoder();
        private ByteBuffer rest = NOTHING;
        private @Nullable NextFilter next;

        void received(NextFilter nextFilter, IoSession session, IoBuffer buffer) {
            lock.lock();
            try {
                next = nextFilter;
                append(buffer.buf());
                handOn(session, nextFilter);
            } finally {
                lock.unlock();
            }
            buffer.free();
        }

        void resume(IoSession session) {
            NextFilter nextFilter = next;
            if (lock.isHeldByCurrentThread() || nextFilter == null) {
                return;
            }
            lock.lock();
            try {
                handOn(session, nextFilter);
            } finally {
                lock.unlock();
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

        private void handOn(IoSession session, NextFilter nextFilter) {
            while (!ControlConnection.inputPaused(session)) {
                Optional<Line> line = decoder.next(rest);
                if (line.isEmpty()) {
                    break;
                }
                nextFilter.messageReceived(session, line.get());
            }
            boolean paused = ControlConnection.inputPaused(session);
            keepRest();
            if (paused && !session.isReadSuspended()) {
                session.suspendRead();
            } else if (!paused && session.isReadSuspended()) {
                session.resumeRead();
            }
        }

        /** The buffer belongs to the I/O thread: what stays is copied, and an idle session holds nothing. */
        private void keepRest() {
            rest = rest.hasRemaining()
                    ? ByteBuffer.allocate(rest.remaining()).put(rest).flip()
                    : NOTHING;
        }
    }
}
