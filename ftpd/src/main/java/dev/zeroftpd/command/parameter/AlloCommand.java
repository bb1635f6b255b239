package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
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
        AnnouncedBytes.set(session, bytes); // also what is refused here: the client may send it all the same
        Optional<Room> room = room(session);
        if (room.isPresent() && !room.get().takes(bytes)) {
            Replies.say(
                    session,
                    FtpReply.REPLY_552_REQUESTED_FILE_ACTION_ABORTED_EXCEEDED_STORAGE,
                    tooMuch(room.get(), bytes));
            return;
        }
        long usable = usableSpace(session);
        boolean known = usable != Storage.UNKNOWN_SPACE && (room.isEmpty() || isSeen(session));
        if (bytes <= usable && !known) {
            Replies.okay(session, "No limit refuses that; nothing needs to be reserved.");
        } else if (bytes <= usable) {
            Replies.okay(session, "There is room; nothing needs to be reserved.");
        } else if (room.isPresent() && room.get().leftBytes() <= usable) {
            // not refused: the announced bytes may be there already, in a part of the file or in the one to overwrite
            Replies.okay(session, "Only " + Room.text(room.get().leftBytes()) + " more may be stored.");
        } else {
            Replies.say(
                    session,
                    Replies.REPLY_DISK_FULL,
                    "Only " + Quantity.of(usable, "byte") + (usable == 1 ? " is left." : " are left."));
        }
    }

    private static Optional<Room> room(FtpIoSession session) throws IOException {
        if (!(session.getFileSystemView() instanceof SessionFileSystem home)) {
            return Optional.empty();
        }
        try {
            return home.storage().room(home.workingDirectoryPath());
        } catch (StorageException gone) {
            return Optional.empty();
        }
    }

    /** Whether the client may know how much lies in its home. */
    private static boolean isSeen(FtpIoSession session) {
        return !(session.getFileSystemView() instanceof SessionFileSystem home) || home.reveals(VirtualPath.ROOT);
    }

    private static String tooMuch(Room room, long bytes) {
        return bytes > room.largestUpload()
                ? "No upload may have more than " + Room.text(room.largestUpload()) + "."
                : "Quota exceeded: all files may have only " + Room.text(room.mostBytes()) + ".";
    }

    /** In bytes; {@link Storage#UNKNOWN_SPACE} too where the directory is gone, or the file system is an embedder's. */
    private static long usableSpace(FtpIoSession session) throws IOException {
        if (!(session.getFileSystemView() instanceof SessionFileSystem home)) {
            return Storage.UNKNOWN_SPACE;
        }
        try {
            return home.storage().usableSpace(home.workingDirectoryPath());
        } catch (StorageException gone) {
            return Storage.UNKNOWN_SPACE;
        }
    }
}
