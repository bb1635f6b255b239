package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.dataconnection.ActiveAddress;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.ops.FewLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * PORT (RFC 959 section 4.1.2) and EPRT (RFC 2428 section 2): remembers where the next transfer has to connect to.
 * Other hosts' addresses and privileged ports are refused if so configured, as RFC 2577 section 3 advises: otherwise a
 * client could make the server attack third parties. Stateless; runs on the session's mailbox and never blocks.
 */
public final class ActiveCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveCommand.class);

    /** A client may ask as often as it likes. */
    private static final FewLines REFUSED = FewLines.perMinute(LOG, 60);

    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    /** RFC 2428, section 2. */
    private static final int OTHER_NETWORK_PROTOCOL = 522;

    private final Function<String, Optional<InetSocketAddress>> parser;

    private ActiveCommand(Function<String, Optional<InetSocketAddress>> parser) {
        this.parser = parser;
    }

    public static ActiveCommand port() {
        return new ActiveCommand(ActiveAddress::ofPort);
    }

    public static ActiveCommand extendedPort() {
        return new ActiveCommand(ActiveAddress::ofExtendedPort);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        DataConnectionConfiguration configuration = session.getListener().getDataConnectionConfiguration();
        SessionDataConnection data = SessionDataConnection.of(session);
        if (data.isExtendedPassiveOnly()) {
            Replies.say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, "Only EPSV after EPSV ALL.");
            return;
        }
        if (!configuration.isActiveEnabled()) {
            Replies.say(
                    session,
                    FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED,
                    "Active mode is switched off: use EPSV or PASV.");
            return;
        }
        String argument = request.hasArgument() ? request.getArgument().strip() : "";
        Optional<InetSocketAddress> address = parser.apply(argument);
        if (address.isEmpty() && ActiveAddress.isOfOtherProtocol(argument)) {
            Replies.say(session, OTHER_NETWORK_PROTOCOL, "Network protocol not supported, use (1,2).");
        } else if (address.isEmpty()) {
            Replies.say(
                    session,
                    FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                    request.getCommand() + " needs an address and a port.");
        } else {
            prepare(session, data, address.get(), configuration.isActiveIpCheck());
        }
    }

    private static void prepare(
            FtpIoSession session, SessionDataConnection data, InetSocketAddress wanted, boolean check) {
        InetAddress client = ((InetSocketAddress) session.getRemoteAddress()).getAddress();
        boolean own = isOwn(client, wanted.getAddress());
        if (check && (!own || wanted.getPort() < FIRST_UNPRIVILEGED_PORT)) {
            REFUSED.write(Level.WARN, () -> client + " asked to be connected at " + wanted + ": refused");
            data.closeDataConnection();
            Replies.say(
                    session,
                    FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER,
                    "Only your own address, " + client.getHostAddress() + ", and ports from 1024 on.");
            return;
        }
        // the control connection's own address knows the interface of a link-local one
        data.initActiveDataConnection(own ? new InetSocketAddress(client, wanted.getPort()) : wanted);
        Replies.say(session, FtpReply.REPLY_200_COMMAND_OKAY, "Address accepted.");
    }

    /** The unspecified address can only mean the client's own: lftp sends {@code EPRT |2|::|port|} over IPv6. */
    private static boolean isOwn(InetAddress client, InetAddress wanted) {
        return wanted.equals(client) || (wanted.isAnyLocalAddress() && wanted.getClass() == client.getClass());
    }
}
