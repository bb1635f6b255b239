package dev.zeroftpd.control.trace;

import dev.zeroftpd.control.trace.TracedLine.From;
import dev.zeroftpd.ops.LogText;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/** Makes lines for the traces of what a session receives and sends; secrets stay here. Stateless; any thread. */
public final class SessionLines {

    private static final String MASK = "***";

    /** Their arguments are secrets. */
    private static final Set<String> SECRET = Set.of("PASS", "ACCT");

    private static final String USER = "USER";

    private SessionLines() {}

    /**
     * A command has arrived.
     *
     * @param isKnown false: it may be a password behind a misspelled verb, or a password alone
     */
    public static void received(Traces traces, String id, FtpIoSession session, FtpRequest request, boolean isKnown) {
        Optional<String> user = user(session);
        if (user.isEmpty() && request.getCommand().equals(USER)) {
            user = Optional.ofNullable(request.getArgument());
        }
        add(traces, id, session, user, From.CLIENT, masked(request, isKnown));
    }

    /** A reply is on its way. */
    public static void sent(Traces traces, String id, FtpIoSession session, FtpReply reply) {
        add(traces, id, session, user(session), From.SERVER, reply.toString().stripTrailing());
    }

    private static String masked(FtpRequest request, boolean isKnown) {
        if (!isKnown) {
            return MASK;
        }
        return SECRET.contains(request.getCommand()) && request.hasArgument()
                ? request.getCommand() + ' ' + MASK
                : request.getRequestLine();
    }

    private static Optional<String> user(FtpIoSession session) {
        @Nullable User user = session.getUser();
        return Optional.ofNullable(user == null ? session.getUserArgument() : user.getName());
    }

    private static void add(
            Traces traces, String id, FtpIoSession session, Optional<String> user, From from, String text) {
        if (session.getRemoteAddress() instanceof InetSocketAddress remote) {
            traces.add(new TracedLine(Instant.now(), id, user, remote.getAddress(), from, LogText.shortened(text)));
        }
    }
}
