package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.upload.FileMove;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being moved to another file system. One thread at a time. */
record MoveTask(Deferred deferred, FileMove move, RenameReply renamed) implements WorkThreads.PieceWork {

    private static final Logger LOG = LoggerFactory.getLogger(MoveTask.class);

    @Override
    public boolean doPiece() {
        try {
            if (move.goOn(deferred::isCancelled)) {
                return true;
            }
            move.finish();
            close();
            deferred.finish(() -> renamed.writeTo(deferred.session()));
        } catch (StorageException refused) {
            close();
            deferred.fail(refused);
        } catch (IOException | RuntimeException | Error failed) {
            LOG.warn("{} failed", deferred.request().getCommand(), failed);
            close();
            deferred.finish(() -> Replies.say(
                    deferred.session(),
                    FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED,
                    "The file could not be moved to another file system; the log says why."));
        }
        return false;
    }

    private void close() {
        try {
            move.close();
        } catch (IOException left) {
            LOG.warn("Clearing up after a move failed: {}", left.toString());
        }
    }
}
