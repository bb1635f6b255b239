package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.EntryWriter;
import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.command.listing.FactFormat;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.ListingText;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.reply.BoundedText;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Set;
import org.apache.ftpserver.command.Command;
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
        Set<Fact> facts = ChosenFacts.of(session);
        ListedTree tree = ListedTree.of(session.getFileSystemView(), facts.contains(Fact.SIZE));
        VirtualPath path = tree.resolve(request.getArgument() == null ? "" : request.getArgument());
        BoundedText line = new BoundedText(REPLY_LIMIT);
        ListingText text = new ListingText(line);
        Walk.ofOne(tree, path).run(new EntryWriter(text, new FactFormat(facts)));
        text.flush();
        Replies.say(
                session,
                FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY,
                "Facts of " + path + "\n " + line.lines() + "End.");
    }
}
