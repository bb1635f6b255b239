package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.PendingTransfer;
import dev.zeroftpd.transfer.Transfer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * STAT (RFC 959, section 4.1.3): without argument the session's state, during a transfer how far it is; with a path a
 * listing over the control connection, which is left to {@code listing}. Without argument it never blocks.
 */
public final class StatCommand implements AskingCommand {

    private final AskingCommand listing;

    public StatCommand(AskingCommand listing) {
        this.listing = listing;
    }

    @Override
    public StatCommand asking(Need need) {
        return new StatCommand(listing.asking(need));
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (request.getArgument() != null) {
            listing.execute(session, context, request);
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("ZeroFTPd status");
        User user = session.getUser();
        lines.add(user == null ? "Not logged in" : "Logged in as " + user.getName());
        lines.add("Type " + (session.getDataType() == DataType.ASCII ? "ASCII" : "image") + ", structure file, mode "
                + (session.getDataConnection().isZipMode() ? "deflate" : "stream"));
        lines.add("Control connection: " + protection(session.isSecure()));
        lines.add("Data connections: " + protection(session.getDataConnection().isSecure()));
        lines.add(ControlConnection.of(session)
                .currentTransfer()
                .map(StatCommand::describe)
                .orElse("No transfer is running"));
        lines.add("End of status.");
        Replies.say(session, FtpReply.REPLY_211_SYSTEM_STATUS_REPLY, String.join("\n", lines));
    }

    private static String protection(boolean secure) {
        return secure ? "TLS" : "plain text";
    }

    private static String describe(PendingTransfer pending) {
        String verb = pending.request().getCommand();
        return pending.transfer()
                .map(transfer -> describe(verb, transfer))
                .orElse(verb + " waits for its data connection");
    }

    private static String describe(String verb, Transfer transfer) {
        return String.format(
                Locale.ROOT,
                "%s: %d bytes in %.3f s",
                verb,
                transfer.bytes(),
                transfer.elapsed().toNanos() / 1e9);
    }
}
