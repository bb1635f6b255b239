package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link FileVerb}: parses its argument and sends its reply. In an embedder's own
 * file system Apache FtpServer's command runs instead. Immutable; runs on the session's mailbox and may block in the
 * file system.
 */
public final class FileCommand implements AskingCommand {

    private final FileVerb verb;
    private final boolean needsArgument;
    private final @Nullable Command stock;
    private final Need need;

    private FileCommand(FileVerb verb, boolean needsArgument, @Nullable Command stock, Need need) {
        this.verb = verb;
        this.needsArgument = needsArgument;
        this.stock = stock;
        this.need = need;
    }

    /**
     * A verb with an argument.
     *
     * @param stock null if Apache FtpServer has no such command
     */
    public static FileCommand of(FileVerb verb, @Nullable Command stock) {
        return new FileCommand(verb, true, stock, Need.NOTHING);
    }

    public static FileCommand withoutArgument(FileVerb verb, @Nullable Command stock) {
        return new FileCommand(verb, false, stock, Need.NOTHING);
    }

    @Override
    public FileCommand asking(Need wanted) {
        return new FileCommand(verb, needsArgument, stock, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        FileSystemView view = session.getFileSystemView();
        if (needsArgument && !request.hasArgument()) {
            Replies.badArgument(session, request.getCommand() + " needs an argument.");
        } else if (view instanceof SessionFileSystem home) {
            session.write(verb.run(new FileVerb.Request(session, context, home, need, request)));
        } else if (stock != null) {
            stock.execute(session, context, request);
        } else {
            Replies.say(session, FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, "This file system has no such command.");
        }
    }
}
