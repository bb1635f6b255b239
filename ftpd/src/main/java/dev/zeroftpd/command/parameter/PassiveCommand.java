package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.dataconnection.DataConnectionRefusal;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.os.HostName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * PASV (RFC 959 section 4.1.2): listens, and tells an IPv4 address and a port. The address is the one that is configured
 * for servers behind NAT, or else the one that the client has reached us at. Stateless; runs on the session's mailbox,
 * and may look up the configured name.
 */
public final class PassiveCommand implements Command {
    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        SessionDataConnection data = SessionDataConnection.of(session);
        if (data.isExtendedPassiveOnly()) {
            Replies.say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, "Only EPSV after EPSV ALL.");
            return;
        }
        try {
            Optional<Inet4Address> configured = configured(session);
            InetSocketAddress listening = data.initPassiveDataConnection();
            Inet4Address announced = configured.orElseGet(() -> own(session, data.reachedAt(listening.getAddress())));
            Replies.say(
                    session,
                    FtpReply.REPLY_227_ENTERING_PASSIVE_MODE,
                    "Entering Passive Mode (" + encode(announced, listening.getPort()) + ").");
        } catch (DataConnectionException e) {
            PassiveRefusals.reply(session, e);
        }
    }

    private static Optional<Inet4Address> configured(FtpIoSession session) throws DataConnectionException {
        if (!(local(session) instanceof Inet4Address)) {
            throw new DataConnectionRefusal("PASV is for IPv4 only: use EPSV.");
        }
        Optional<String> host = Optional.ofNullable(
                session.getListener().getDataConnectionConfiguration().getPassiveExernalAddress());
        return host.isPresent() ? Optional.of(resolve(host.get())) : Optional.empty();
    }

    /** Where we listen may be an IPv6 address that an embedder has said. */
    private static Inet4Address own(FtpIoSession session, InetAddress announced) {
        return announced instanceof Inet4Address address ? address : (Inet4Address) local(session);
    }

    private static InetAddress local(FtpIoSession session) {
        return ((InetSocketAddress) session.getLocalAddress()).getAddress();
    }

    private static Inet4Address resolve(String host) throws DataConnectionException {
        try {
            return HostName.ipv4(host)
                    .orElseThrow(() -> new DataConnectionRefusal("The announced address has no IPv4 address."));
        } catch (UnknownHostException e) {
            throw new DataConnectionRefusal("The announced address is unknown.", e);
        }
    }

    private static String encode(Inet4Address address, int port) {
        return address.getHostAddress().replace('.', ',') + "," + (port >> 8) + "," + (port & 0xff);
    }
}
