package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.transfer.ForeignFiles;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TextCount;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.storage.ftplet.ForeignFileSource;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.form.AsciiCount;
import dev.zeroftpd.transfer.form.AsciiLength;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIZE: how many bytes a transfer of the file would take, in the session's type (RFC 3659, section 4). If an upload of it
 * by the same account from the same address broke, what that has brought, so that clients can go on from there. Runs on
 * the session's mailbox; in TYPE A the whole file has to be read, which is done aside unless it is short.
 */
public final class SizeCommand implements AskingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(SizeCommand.class);

    /** Counted in less time than it takes to wake another thread. */
    private static final int SHORT_BYTES = 64 * 1024;

    private final WorkThreads threads;
    private final Need need;

    /** Counts texts on {@code threads}. */
    public SizeCommand(WorkThreads threads) {
        this(threads, Need.NOTHING);
    }

    private SizeCommand(WorkThreads threads, Need need) {
        this.threads = threads;
        this.need = need;
    }

    @Override
    public SizeCommand asking(Need wanted) {
        return new SizeCommand(threads, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        session.resetState();
        String name = request.getArgument();
        if (name == null) {
            Replies.badArgument(session, request.getCommand() + " needs a file name.");
            return;
        }
        reply(session, request, open(session.getFileSystemView(), name));
    }

    /** Closes {@code source} before the reply. */
    private void reply(FtpIoSession session, FtpRequest request, FileSource source) throws IOException {
        if (session.getDataType() != DataType.ASCII) {
            source.close();
            Replies.say(session, FtpReply.REPLY_213_FILE_STATUS, Long.toString(source.size()));
        } else if (AsciiLength.isTooMuch(source.size())) {
            source.close();
            Replies.say(
                    session,
                    FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN,
                    "The file is too long to be counted in TYPE A; use TYPE I.");
        } else {
            OptionalLong transmitted = source.size() > SHORT_BYTES ? OptionalLong.empty() : countShort(source);
            if (transmitted.isPresent()) {
                tell(session, source, transmitted.getAsLong());
            } else {
                TextCount.begin(threads, session, request, source, counted -> tell(session, source, counted));
            }
        }
    }

    private static void tell(FtpIoSession session, FileSource source, long transmitted) {
        close(source);
        Replies.say(session, FtpReply.REPLY_213_FILE_STATUS, Long.toString(transmitted));
    }

    /** Empty if the text has grown meanwhile and is not short any more; {@code source} is closed only if that fails. */
    private static OptionalLong countShort(FileSource source) throws IOException {
        try (AsciiCount count = new AsciiCount(source.streamFrom(0))) {
            boolean more = count.goOn(2L * SHORT_BYTES + 1); // no byte becomes more than two
            return more ? OptionalLong.empty() : OptionalLong.of(count.transmitted());
        } catch (IOException | RuntimeException | Error failed) {
            source.close();
            throw failed;
        }
    }

    private static void close(FileSource source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("Closing a text failed", e); // all of it was read
        }
    }

    private FileSource open(FileSystemView view, String name) throws IOException {
        return view instanceof SessionFileSystem ours
                ? ours.openToMeasure(need.path(ours, name))
                : ForeignFileSource.open(ForeignFiles.find(view, name));
    }
}
