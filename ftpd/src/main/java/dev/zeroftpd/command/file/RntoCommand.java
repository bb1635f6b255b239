package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TurnOwner;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.storage.upload.FileMove;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * RNTO (RFC 959, section 4.1.3). Runs on the session's mailbox. A file that has to be copied to another file system is
 * copied on the threads that hash files, piece by piece, while the session waits; ABOR ends that.
 */
public final class RntoCommand implements AskingCommand {

    private final @Nullable Command stock;
    private final WorkThreads threads;
    private final Need need;

    /** @param stock Apache FtpServer's own, for file systems that an embedder wrote */
    public RntoCommand(@Nullable Command stock, WorkThreads threads) {
        this(stock, threads, Need.NOTHING);
    }

    private RntoCommand(@Nullable Command stock, WorkThreads threads, Need need) {
        this.stock = stock;
        this.threads = threads;
        this.need = need;
    }

    @Override
    public RntoCommand asking(Need wanted) {
        return new RntoCommand(stock, threads, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (!request.hasArgument()) {
            Replies.badArgument(session, request.getCommand() + " needs an argument.");
        } else if (session.getFileSystemView() instanceof SessionFileSystem home) {
            rename(new FileVerb.Request(session, context, home, need, request));
        } else if (stock != null) {
            stock.execute(session, context, request);
        } else {
            Replies.say(session, FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, "This file system has no such command.");
        }
    }

    private void rename(FileVerb.Request request) throws IOException {
        FtpIoSession session = request.session();
        FtpFile from = session.getRenameFrom();
        if (from == null) {
            Replies.say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, request.verb() + " comes after RNFR.");
            return;
        }
        session.setRenameFrom(null);
        VirtualPath to = request.path();
        VirtualPath old = Need.RENAME.path(request.home(), from.getAbsolutePath());
        Optional<FileMove> move = request.home().rename(old, to);
        RenameReply renamed = new RenameReply(from, request.file(to));
        if (move.isPresent()) {
            Deferred deferred = ControlConnection.of(session).defer(session, request.line());
            threads.execute(TurnOwner.of(session), new MoveTask(deferred, move.get(), renamed));
        } else {
            conclude(session, request.line(), renamed);
        }
    }

    /** Tells those who follow events, then the client, that a file has its new name. */
    static void conclude(FtpIoSession session, FtpRequest line, RenameReply renamed) {
        if (SessionEvents.wants(session, EventKind.RENAME)) {
            SessionEvents.publish(
                    session,
                    EventKind.RENAME,
                    new Event.Deed(
                            line.getCommand(),
                            renamed.getFrom().getAbsolutePath(),
                            renamed.getTo().getAbsolutePath()),
                    Ending.Done.PLAINLY);
        }
        session.write(renamed);
    }
}
