package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.command.listing.FactFormat;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.transfer.NextTransfer;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.transfer.TransferReport;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.transfer.result.Direction;
import java.io.IOException;
import java.util.Set;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * MLSD (RFC 3659, section 7): everything in a directory, as facts for programs. Runs on the session's mailbox and returns
 * once the transfer is under way.
 */
public final class MlsdCommand implements AskingCommand {

    private final TransferParts parts;
    private final Need need;

    public MlsdCommand(TransferParts parts) {
        this(parts, Need.NOTHING);
    }

    private MlsdCommand(TransferParts parts, Need need) {
        this.parts = parts;
        this.need = need;
    }

    @Override
    public MlsdCommand asking(Need wanted) {
        return new MlsdCommand(parts, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        if (NextTransfer.refuseUnprepared(session)) {
            return;
        }
        Set<Fact> facts = ChosenFacts.of(session);
        ListedTree tree = ListedTree.of(session.getFileSystemView(), facts.contains(Fact.SIZE));
        VirtualPath directory;
        Walk walk;
        try {
            directory = tree.directory(request.getArgument() == null ? "" : request.getArgument());
            need.ask(session.getFileSystemView(), directory);
            walk = Walk.ofAllIn(tree, directory);
        } catch (StorageException e) {
            refuse(session, e);
            return;
        }
        ListingDownload.begin(
                parts,
                new TransferReport.Subject(session, context, request, Direction.DOWNLOAD, directory.text(), null),
                walk,
                new FactFormat(facts));
    }

    private static void refuse(FtpIoSession session, StorageException why) throws StorageException {
        session.resetState();
        if (why.kind() == StorageException.Kind.NOT_A_DIRECTORY) {
            Replies.refuse(
                    session,
                    FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                    why.getMessage() + "; use MLST for a file.");
        } else {
            throw why;
        }
    }
}
