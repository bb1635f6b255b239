package dev.zeroftpd.command;

import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.SessionCharset;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * FEAT (RFC 2389, section 3): what this session can use beyond RFC 959, as the listener is configured and the session
 * has chosen. Never blocks.
 */
final class FeatCommand implements Command {

    private final List<String> more;

    /** @param more features that an embedded server has besides ours */
    FeatCommand(List<String> more) {
        this.more = List.copyOf(more);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("Features:");
        if (ControlConnection.of(session).offersTls()) {
            if (!session.getListener().isImplicitSsl()) {
                lines.add(" AUTH TLS");
            }
            lines.add(" PBSZ");
            lines.add(" PROT");
        }
        if (session.getListener().getDataConnectionConfiguration().isActiveEnabled()) {
            lines.add(" EPRT");
        }
        lines.add(" EPSV");
        lines.add(" HOST");
        lines.add(" LANG EN*");
        if (SessionCharset.of(session).current().isUtf8()) {
            lines.add(" UTF8"); // RFC 2640: a client that sees it may send UTF-8 at once, without asking
        }
        lines.add(" TVFS");
        lines.add(" SIZE");
        lines.add(" MDTM");
        lines.add(" " + Fact.feature(ChosenFacts.of(session)));
        lines.add(" REST STREAM");
        lines.add(" RANG STREAM");
        // MODE Z works but is not offered: lftp switches to it by itself, and trades zero-copy for a processor's worth
        // of compression that a fast network does not want. Whoever wants it asks for it.
        lines.add(" MFMT");
        lines.add(" MFF " + MffCommand.FACTS);
        lines.add(" " + HashChoice.of(session).feature());
        lines.addAll(List.of(" XCRC", " XMD5", " XSHA", " XSHA1", " XSHA256", " XSHA512"));
        lines.addAll(List.of(" AVBL", " CLNT", " CSID"));
        more.forEach(feature -> lines.add(" " + feature));
        lines.add("End.");
        Replies.say(session, FtpReply.REPLY_211_SYSTEM_STATUS_REPLY, String.join("\n", lines));
    }
}
