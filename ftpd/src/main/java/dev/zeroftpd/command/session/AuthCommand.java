package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.mina.filter.ssl.SslFilter;

/**
 * AUTH (RFC 4217 section 4): TLS on the control connection. Immutable; runs on the session's mailbox, which reads no
 * more input until it has run.
 */
public final class AuthCommand implements Command {

    /** SSL and TLS-P ask for a protected data connection at once, as old clients expect (draft-murray-auth-ftp-ssl). */
    private static final Set<String> PROTECTS_DATA = Set.of("SSL", "TLS-P");

    /** RFC 2228, section 3: what is needed for the mechanism isn't there. */
    private static final int NO_TLS = 431;

    /** RFC 4217, section 4: the handshake follows. */
    private static final int ACCEPTED = 234;

    /** RFC 2228, section 3: the server is not willing to accept the mechanism. */
    private static final int NOT_WILLING = 534;

    private static final Set<String> MECHANISMS = Set.of("TLS", "TLS-C", "SSL", "TLS-P");

    private final Consumer<FtpIoSession> logOut;

    /** @param logOut ends a login that was made in clear, as RFC 2228, section 3, demands; does nothing if there is none */
    public AuthCommand(Consumer<FtpIoSession> logOut) {
        this.logOut = logOut;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws FtpException {
        session.resetState();
        if (!request.hasArgument()) {
            Replies.badArgument(session, "AUTH needs a mechanism: TLS.");
            return;
        }
        String mechanism =
                request.getArgument().strip().toUpperCase(Locale.ROOT).replace('_', '-');
        if (!MECHANISMS.contains(mechanism)) {
            Replies.notOffered(session, "Only AUTH TLS is known.");
        } else if (session.getFilterChain().contains(SslFilter.class)) {
            Replies.say(session, NOT_WILLING, "The connection is protected already.");
        } else {
            start(session, mechanism);
        }
    }

    private void start(FtpIoSession session, String mechanism) throws FtpException {
        ControlConnection connection = ControlConnection.of(session);
        if (!connection.offersTls()) {
            Replies.say(session, NO_TLS, "TLS is not configured.");
            return;
        }
        logOut.accept(session);
        connection.startTls(
                () -> Replies.say(session, ACCEPTED, "AUTH " + mechanism + " accepted, begin the handshake."));
        if (PROTECTS_DATA.contains(mechanism)) {
            session.getDataConnection().setSecure(true);
        }
    }
}
