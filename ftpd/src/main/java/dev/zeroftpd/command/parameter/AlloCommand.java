package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * ALLO (RFC 959, section 4.1.3): says whether the file system of the working directory has room for the announced
 * number of bytes. Stateless; runs on the session's mailbox.
 *
 * <p>It reserves nothing: an upload reserves space as its bytes arrive, where that pays, so a client that only
 * announces an upload takes no space from others. The answer is 200 although RFC 959 also allows 202: Dahua's cameras
 * leave at a 202.
 */
public final class AlloCommand implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        String[] words = (request.hasArgument() ? request.getArgument().strip() : "").split(" ", -1);
        boolean plain = words.length == 1;
        boolean withRecords = words.length == 3 && words[1].equalsIgnoreCase("R") && Numbers.parse(words[2]) >= 0;
        long bytes = Numbers.parse(words[0]);
        if (bytes < 0 || !(plain || withRecords)) {
            Replies.badArgument(session, "ALLO takes a number of bytes.");
            return;
        }
        long usable = usableSpace(session);
        if (bytes <= usable) {
            Replies.okay(session, "There is room; nothing needs to be reserved.");
        } else {
            Replies.say(
                    session,
                    Replies.REPLY_DISK_FULL,
                    "Only " + Quantity.of(usable, "byte") + (usable == 1 ? " is left." : " are left."));
        }
    }

    /** In bytes; {@link Long#MAX_VALUE} if unknown. */
    private static long usableSpace(FtpIoSession session) throws IOException {
        if (!(session.getFileSystemView() instanceof SessionFileSystem home)) {
            return Long.MAX_VALUE;
        }
        try {
            return home.storage().usableSpace(home.workingDirectoryPath());
        } catch (StorageException gone) {
            return Long.MAX_VALUE;
        }
    }
}
