package dev.zeroftpd.command.file;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.upload.FileMove;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A file that is being moved to another file system. One thread at a time. */
record MoveTask(Deferred deferred, FileMove move, RenameReply renamed) implements WorkThreads.PieceWork {

    private static final FewLines FAULTS = FewLines.perMinute(LoggerFactory.getLogger(MoveTask.class), 20);

    @Override
    public boolean doPiece() {
        try {
            if (move.goOn(deferred::isCancelled)) {
                return true;
            }
            move.finish();
            close();
            deferred.finish(() -> RntoCommand.conclude(deferred.session(), deferred.request(), renamed));
        } catch (StorageException refused) {
            close();
            deferred.fail(refused);
        } catch (IOException | RuntimeException | Error failed) {
            FAULTS.write(Level.WARN, () -> deferred.request().getCommand() + " failed", failed);
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
            FAULTS.write(Level.WARN, () -> "Clearing up after a move failed: " + FailureReason.of(left));
        }
    }
}
