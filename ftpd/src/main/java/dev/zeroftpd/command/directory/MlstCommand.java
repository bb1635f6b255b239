package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.EntryWriter;
import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.command.listing.FactFormat;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.ListingText;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.reply.BoundedText;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Set;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** MLST (RFC 3659, section 7): one file's facts over the control connection. Runs on the session's mailbox. */
public final class MlstCommand implements AskingCommand {

    /** One line: a name of 4 KiB at most, and its facts. */
    private static final int REPLY_LIMIT = 64 * 1024;

    private final Need need;

    public MlstCommand() {
        this(Need.NOTHING);
    }

    private MlstCommand(Need need) {
        this.need = need;
    }

    @Override
    public MlstCommand asking(Need wanted) {
        return new MlstCommand(wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        session.resetState();
        Set<Fact> facts = ChosenFacts.of(session);
        ListedTree tree = ListedTree.of(session.getFileSystemView(), facts.contains(Fact.SIZE));
        VirtualPath path = tree.resolve(request.getArgument() == null ? "" : request.getArgument());
        need.ask(session.getFileSystemView(), path);
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
