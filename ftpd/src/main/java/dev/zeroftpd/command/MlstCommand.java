package dev.zeroftpd.command;

import dev.zeroftpd.command.listing.EntryWriter;
import dev.zeroftpd.command.listing.FactFormat;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.ListingText;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** MLST (RFC 3659, section 7): one file's facts over the control connection. Runs on the session's mailbox. */
public final class MlstCommand implements Command {

    /** One line: a name of 4 KiB at most, and its facts. */
    private static final int REPLY_LIMIT = 64 * 1024;

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        session.resetState();
        ListedTree tree = ListedTree.of(session.getFileSystemView());
        try {
            VirtualPath path = tree.resolve(request.getArgument() == null ? "" : request.getArgument());
            BoundedText facts = new BoundedText(REPLY_LIMIT);
            ListingText text = new ListingText(facts);
            Walk.ofOne(tree, path).run(new EntryWriter(text, new FactFormat(ChosenFacts.of(session))));
            text.flush();
            session.write(new DefaultFtpReply(
                    FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY,
                    "Facts of " + path + "\n " + facts.lines() + "End."));
        } catch (StorageException e) {
            StorageReplies.refuse(session, e, false);
        }
    }
}
