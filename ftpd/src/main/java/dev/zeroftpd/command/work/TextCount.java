package dev.zeroftpd.command.work;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.form.AsciiCount;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A text whose bytes in TYPE A are being counted for a command. One thread at a time. */
public final class TextCount implements WorkThreads.PieceWork {

    private static final Logger LOG = LoggerFactory.getLogger(TextCount.class);

    /** A client may ask for the same unreadable text as often as it likes. */
    private static final FewLines FAILED = FewLines.perMinute(LOG, 60);

    /** Some milliseconds of a core, as with hashes. */
    private static final long PIECE_BYTES = 8L * 1024 * 1024;

    private final Deferred deferred;
    private final VainWork vain;
    private final FileSource text;
    private final LongConsumer counted;
    private @Nullable AsciiCount count;

    private TextCount(Deferred deferred, FileSource text, LongConsumer counted) {
        this.deferred = deferred;
        this.vain = new VainWork(deferred);
        this.text = text;
        this.counted = counted;
    }

    /**
     * Counts on {@code threads} while the session waits; to be called as the command's last act.
     *
     * @param text closed if it can't be counted; else {@code counted} closes it
     * @param counted gets the number on the session's mailbox and replies
     */
    public static void begin(
            WorkThreads threads, FtpIoSession session, FtpRequest request, FileSource text, LongConsumer counted) {
        Deferred deferred = ControlConnection.of(session).defer(session, request);
        TextCount count = new TextCount(deferred, text, counted);
        try {
            threads.execute(TurnOwner.of(session), count);
        } catch (OutOfMemoryError noThread) {
            count.close();
            throw noThread;
        }
    }

    @Override
    public boolean doPiece() {
        try {
            if (goOn()) {
                return true;
            }
        } catch (IOException | RuntimeException | Error failed) {
            FAILED.write(
                    Level.WARN,
                    () -> deferred.request().getCommand() + " could not count a text: " + failed,
                    failed instanceof IOException ? null : failed);
            fail("it could not be read; the log says why");
        }
        return false;
    }

    private boolean goOn() throws IOException {
        if (vain.getAsBoolean()) {
            fail("aborted");
            return false;
        }
        AsciiCount running = count == null ? new AsciiCount(text.streamFrom(0)) : count;
        count = running;
        if (running.goOn(PIECE_BYTES)) {
            return true;
        }
        running.close();
        deferred.finish(() -> counted.accept(running.transmitted()));
        return false;
    }

    private void close() {
        try (text) {
            if (count != null) {
                count.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a text failed", e);
        }
    }

    private void fail(String why) {
        close();
        deferred.finish(() -> Replies.refuse(
                deferred.session(),
                FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED,
                "The text was not counted: " + why + "."));
    }
}
