package dev.zeroftpd.control.trace;

import dev.zeroftpd.control.rule.Telling;
import dev.zeroftpd.control.trace.TracedLine.From;
import dev.zeroftpd.ops.LogText;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Makes lines for the traces of what a session receives and sends; secrets stay here. Stateless; any thread. */
public final class SessionLines {

    private static final String MASK = "***";

    /** No account has a longer one. */
    private static final int LONGEST_NAME = 128;

    /** The name that a client tried last, while it was traced. */
    private static final AttributeKey TRIED = new AttributeKey(SessionLines.class, "tried");

    private SessionLines() {}

    /**
     * A command has arrived.
     *
     * @param telling what of it may be shown
     */
    public static void received(Traces traces, String id, FtpIoSession session, FtpRequest request, Telling telling) {
        if (telling == Telling.ACCOUNT_NAME) {
            session.setAttribute(
                    TRIED, LogText.shortened(request.hasArgument() ? request.getArgument() : "", LONGEST_NAME));
        }
        add(traces, id, session, From.CLIENT, masked(request, telling));
    }

    /** A reply is on its way. */
    public static void sent(Traces traces, String id, FtpIoSession session, FtpReply reply) {
        add(traces, id, session, From.SERVER, reply.toString().stripTrailing());
    }

    private static String masked(FtpRequest request, Telling telling) {
        return switch (telling) {
            case WHOLE, ACCOUNT_NAME -> request.getRequestLine();
            case VERB -> request.hasArgument() ? request.getCommand() + ' ' + MASK : request.getRequestLine();
            case NOTHING -> MASK;
        };
    }

    /** Apache FtpServer forgets the name that was tried before it answers a wrong password. */
    private static Optional<String> user(FtpIoSession session) {
        @Nullable User user = session.getUser();
        if (user != null) {
            return Optional.of(user.getName());
        }
        return Optional.ofNullable(session.getAttribute(TRIED))
                .map(Object::toString)
                .or(() -> Optional.ofNullable(session.getUserArgument())
                        .map(name -> LogText.shortened(name, LONGEST_NAME)));
    }

    private static void add(Traces traces, String id, FtpIoSession session, From from, String text) {
        if (session.getRemoteAddress() instanceof InetSocketAddress remote) {
            traces.add(new TracedLine(
                    Instant.now(), id, user(session), remote.getAddress(), from, LogText.shortened(text)));
        }
    }
}
