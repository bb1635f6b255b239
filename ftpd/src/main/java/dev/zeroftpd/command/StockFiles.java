package dev.zeroftpd.command;

import dev.zeroftpd.command.file.DirectoryCommands;
import dev.zeroftpd.command.file.FileVerb;
import dev.zeroftpd.command.file.TimeCommands;
import dev.zeroftpd.command.listing.ListArgument;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** What RMD, MFMT and LIST refuse in an embedded server, as in Apache FtpServer. Stateless; any thread. */
final class StockFiles {

    private StockFiles() {}

    /** The working directory stays. */
    static FtpReply removeDirectory(FileVerb.Request request) throws IOException {
        VirtualPath path = request.home().resolve(request.argument());
        if (path.equals(request.home().workingDirectoryPath())) {
            throw new StorageException(StorageException.Kind.IN_USE, path + ": is the working directory");
        }
        return DirectoryCommands.remove(request);
    }

    /** Only files have times that can be set. */
    static FtpReply setModified(FileVerb.Request request) throws IOException {
        String name = request.argument().substring(request.argument().indexOf(' ') + 1);
        return !name.isEmpty()
                        && request.home()
                                .metadata(request.home().resolve(name), false)
                                .isDirectory()
                ? Reply.of(FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, "MFMT is for files only.")
                : TimeCommands.setModified(request);
    }

    /** Finds what LIST would list. */
    static void listing(FtpIoSession session, Need need, String argument) throws IOException {
        ListedTree tree = ListedTree.of(session.getFileSystemView(), false);
        ListArgument listed = tree.argument(argument);
        need.ask(session.getFileSystemView(), tree.resolve(listed.path()));
        Walk.of(tree, listed, false).close();
    }
}
