package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.LineFormat;
import dev.zeroftpd.command.listing.ListArgument;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.LongFormat;
import dev.zeroftpd.command.listing.NameFormat;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.transfer.NextTransfer;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.transfer.TransferReport;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.transfer.result.Direction;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * LIST and NLST (RFC 959, section 4.1.3): a directory, a file or what a pattern matches, as lines of {@code ls -l} or as
 * names. Runs on the session's mailbox and returns once the transfer is under way.
 */
public final class ListCommand implements AskingCommand {

    private final TransferParts parts;
    private final InstantSource clock;
    private final boolean namesOnly;
    private final Need need;

    private ListCommand(TransferParts parts, InstantSource clock, boolean namesOnly, Need need) {
        this.need = need;
        this.parts = parts;
        this.clock = clock;
        this.namesOnly = namesOnly;
    }

    /** LIST; {@code clock} decides which times are old enough to be shown with their year. */
    public static ListCommand list(TransferParts parts, InstantSource clock) {
        return new ListCommand(parts, clock, false, Need.NOTHING);
    }

    /** NLST. */
    public static ListCommand names(TransferParts parts, InstantSource clock) {
        return new ListCommand(parts, clock, true, Need.NOTHING);
    }

    @Override
    public ListCommand asking(Need wanted) {
        return new ListCommand(parts, clock, namesOnly, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        if (NextTransfer.refuseUnprepared(session)) {
            return;
        }
        ListedTree plain = ListedTree.of(session.getFileSystemView(), false);
        ListArgument argument = plain.argument(request.getArgument() == null ? "" : request.getArgument());
        boolean names = namesOnly && !argument.switches().lines();
        ListedTree tree = names ? plain : plain.tellingLengths();
        Walk walk;
        String path;
        try {
            VirtualPath listed = tree.resolve(argument.path());
            need.ask(session.getFileSystemView(), listed);
            path = listed.text();
            walk = Walk.of(tree, argument, names);
        } catch (StorageException e) {
            session.resetState();
            throw e;
        }
        boolean classify = argument.switches().classify();
        LineFormat format = names
                ? new NameFormat(walk.prefix(), classify)
                : new LongFormat(clock.instant().getEpochSecond(), classify);
        ListingDownload.begin(
                parts,
                new TransferReport.Subject(session, context, request, Direction.DOWNLOAD, path, null),
                walk,
                format);
    }
}
