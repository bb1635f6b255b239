package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Refusal;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.reply.StorageReplies;
import dev.zeroftpd.command.transfer.ForeignFiles;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.ftplet.ForeignFileSource;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.form.AsciiLength;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * SIZE: how many bytes a transfer of the file would take, in the session's type (RFC 3659, section 4). If an upload of it
 * by the same account from the same address broke, what that has brought, so that clients can go on from there. Runs on
 * the session's mailbox; reads the whole file in TYPE A.
 */
public final class SizeCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        session.resetState();
        String name = request.getArgument();
        if (name == null) {
            Replies.say(session, FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, "SIZE needs a file name.");
            return;
        }
        try (FileSource source = open(session.getFileSystemView(), name)) {
            OptionalLong size = size(session, source);
            if (size.isEmpty()) {
                Replies.say(
                        session,
                        FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN,
                        "The file is too long to be counted in TYPE A; use TYPE I.");
                return;
            }
            Replies.say(session, FtpReply.REPLY_213_FILE_STATUS, Long.toString(size.getAsLong()));
        } catch (StorageException refused) {
            StorageReplies.refuse(session, refused, Refusal.OF_ACTION);
        }
    }

    /** Empty if counting would take too long. */
    private static OptionalLong size(FtpIoSession session, FileSource source) throws IOException {
        if (session.getDataType() != DataType.ASCII) {
            return OptionalLong.of(source.size());
        }
        return AsciiLength.isTooMuch(source.size()) ? OptionalLong.empty() : OptionalLong.of(transmitted(source));
    }

    private static long transmitted(FileSource source) throws IOException {
        try (ReadableByteChannel text = source.streamFrom(0)) {
            return AsciiLength.transmitted(text);
        }
    }

    private static FileSource open(FileSystemView view, String name) throws IOException {
        return view instanceof SessionFileSystem ours
                ? ours.openToMeasure(ours.resolve(name))
                : ForeignFileSource.open(ForeignFiles.find(view, name));
    }
}
