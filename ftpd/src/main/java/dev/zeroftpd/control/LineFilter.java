package dev.zeroftpd.control;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.dataconnection.tls.ControlTlsFilter;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteToClosedSessionException;
import org.apache.mina.filter.FilterEvent;

/**
 * The codec of the control connection: bytes to {@link Line}s one by one, replies to bytes. Shared by all sessions of a
 * listener; called by I/O threads, and by a session's mailbox when its input goes on.
 *
 * <p>After each line it asks whether the mailbox takes more and whether the client reads its replies. If not, it stops
 * reading the socket and keeps the bytes that it has. So a client can't fill the memory, not even with replies that it
 * never reads, and bytes that came behind AUTH TLS can still be discarded once the command has succeeded (against
 * "STARTTLS injection").
 */
final class LineFilter extends IoFilterAdapter {
    private static final byte IAC = (byte) 0xff;

    private static final AttributeKey RECEIVED = new AttributeKey(LineFilter.class, "received");

    private final NameCharset charset;
    private final BiConsumer<IoSession, FtpReply> seen;

    /**
     * One for a listener.
     *
     * @param charset a session's initial charset
     * @param seen is shown each reply on its way; must not block
     */
    LineFilter(NameCharset charset, BiConsumer<IoSession, FtpReply> seen) {
        this.charset = charset;
        this.seen = seen;
    }

    @Override
    public void sessionCreated(NextFilter next, IoSession session) {
        SessionCharset.begin(session, charset);
        next.sessionCreated(session);
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        if (message instanceof IoBuffer buffer) {
            received(session).received(next, session, buffer);
        } else {
            next.messageReceived(session, message);
        }
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        ReceivedLines received = received(session);
        if (request.getMessage() instanceof FtpReply reply) {
            seen.accept(session, reply);
            request.setMessage(
                    IoBuffer.wrap(escapeIac(received.charset().current().encode(reply.toString()))));
        }
        if (received.replies().accept()) {
            next.filterWrite(session, request);
        } else {
            request.getFuture().setException(new WriteToClosedSessionException(request));
        }
    }

    /** May be called under the locks of the thread that wrote the reply: lines are handed on by another one. */
    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) {
        next.messageSent(session, request);
        ReceivedLines received = received(session);
        received.replies().sent(session);
        received.repliesHaveLeft(session);
    }

    /** The client has closed its side: what it sent before is passed on first, then this. */
    @Override
    public void inputClosed(NextFilter next, IoSession session) {
        ControlConnection.find(session).ifPresent(ControlConnection::departed);
        received(session).ended(next, session);
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
        ReceivedLines received = received(session);
        received.replies().lose(session);
        received.repliesHaveLeft(session);
    }

    /** Closes the connection once the replies written so far are sent. Never blocks. */
    static void closeBehindReplies(IoSession session) {
        received(session).replies().closeBehind(session);
    }

    /** True if the session holds as much unprocessed input as it may. */
    static boolean isFull(IoSession session) {
        return received(session).isFull();
    }

    /** True if a reply has not been taken by the kernel, because the client doesn't read. */
    static boolean hasUnsent(IoSession session) {
        return received(session).replies().isOver(0);
    }

    /** True if a QUIT has come, whether it has had its turn or not. */
    static boolean hasQuit(IoSession session) {
        return received(session).hasQuit();
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
        received(session).resume(session);
    }

    /** Throws away what was received and not yet handed on. */
    static void discard(IoSession session) {
        received(session).discard();
    }

    /** Forgets what an ended session has sent. */
    static void release(IoSession session) {
        received(session).release(session);
    }

    private static ReceivedLines received(IoSession session) {
        return switch (session.getAttribute(RECEIVED)) {
            case ReceivedLines lines -> lines;
            case null, default -> {
                ReceivedLines lines = new ReceivedLines(SessionCharset.of(session), new UnsentReplies());
                yield session.setAttributeIfAbsent(RECEIVED, lines) instanceof ReceivedLines other ? other : lines;
            }
        };
    }
}
