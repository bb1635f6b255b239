package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * EPSV (RFC 2428 section 3): listens at the address that the client has reached us at, and tells the port. Stateless;
 * runs on the session's mailbox and never blocks.
 */
public final class ExtendedPassiveCommand implements Command {
    private static final int EXTENDED_PASSIVE = 229;
    private static final int OTHER_NETWORK_PROTOCOL = 522;

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String protocol = ownProtocol(session);
        String argument = request.hasArgument() ? request.getArgument().strip().toUpperCase(Locale.ROOT) : protocol;
        if (argument.equals("ALL")) {
            SessionDataConnection.of(session).extendedPassiveOnly();
            Replies.say(session, FtpReply.REPLY_200_COMMAND_OKAY, "From now on only EPSV.");
        } else if (argument.equals(protocol)) {
            listen(session);
        } else if (argument.equals("1") || argument.equals("2")) {
            Replies.say(session, OTHER_NETWORK_PROTOCOL, "Network protocol not supported, use (" + protocol + ").");
        } else {
            Replies.say(
                    session,
                    FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                    "EPSV takes 1, 2, ALL or nothing.");
        }
    }

    private static void listen(FtpIoSession session) {
        try {
            int port = SessionDataConnection.of(session)
                    .initPassiveDataConnection()
                    .getPort();
            Replies.say(session, EXTENDED_PASSIVE, "Entering Extended Passive Mode (|||" + port + "|).");
        } catch (DataConnectionException e) {
            PassiveRefusals.reply(session, e);
        }
    }

    /** As RFC 2428 numbers them. */
    private static String ownProtocol(FtpIoSession session) {
        return ((InetSocketAddress) session.getLocalAddress()).getAddress() instanceof Inet4Address ? "1" : "2";
    }
}
