package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * SITE QUOTA: what the account may store in its home, and how much of that is used. Stateless; runs on the session's mailbox and
 * asks no disk. An account that doesn't see its home is told the limits only: the rest would tell whether a name was free.
 */
public final class SiteQuota implements FileVerb {

    @Override
    public FtpReply run(Request request) {
        Optional<Room> found = request.home().storage().room();
        boolean seen = request.home().reveals(VirtualPath.ROOT);
        return Reply.of(
                FtpReply.REPLY_200_COMMAND_OKAY,
                found.map(room -> told(room, seen))
                        .orElse("There is no quota, and no limit for the size of an upload."));
    }

    private static String told(Room room, boolean seen) {
        List<String> parts = new ArrayList<>();
        if (room.mostBytes() != Room.UNLIMITED) {
            parts.add(
                    seen
                            ? room.bytes() + " of " + room.mostBytes() + " bytes used"
                            : "at most " + room.mostBytes() + " bytes");
        }
        if (room.mostFiles() != Room.UNLIMITED) {
            parts.add(
                    seen
                            ? room.files() + " of " + room.mostFiles() + " files and directories used"
                            : "at most " + room.mostFiles() + " files and directories");
        }
        if (room.largestUpload() != Room.UNLIMITED) {
            parts.add("an upload may have " + room.largestUpload() + " bytes");
        }
        if (parts.isEmpty()) {
            parts.add("no quota for this account");
        }
        if (!room.known()) {
            parts.add("what was there before is still being counted");
        }
        return String.join("; ", parts) + ".";
    }
}
