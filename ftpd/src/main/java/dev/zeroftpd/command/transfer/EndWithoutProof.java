package dev.zeroftpd.command.transfer;

import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.control.ClientPresence.Presence;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.transfer.UnprovenEnd;
import dev.zeroftpd.transfer.result.TransferResult;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides, from the state of the control connection, whether one upload is complete whose data connection ended with
 * nothing but a FIN. Asked by the transfer's thread, logged on the session's mailbox after the transfer.
 *
 * <p>A program that is done waits for its reply on the control connection, or says QUIT. When a process is killed, the
 * kernel closes all of its sockets one right after the other, but not in the order of their numbers: Linux takes the
 * newest first, so the end of the data connection often comes before that of the control connection. A look between the
 * two finds the client alive. Where an old file is at stake a client that is still here gets {@link #MOMENT}.
 */
final class EndWithoutProof implements UnprovenEnd {

    private static final FewLines DECIDED = FewLines.perMinute(LoggerFactory.getLogger(EndWithoutProof.class), 60);

    /**
     * Between the two ends of a killed process on a machine with six times as many runnable threads as processors: half
     * of them 0.4 ms, one in a hundred 8 ms; with ten times as many one in a hundred more than 20 ms.
     */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final ControlConnection connection;
    private final WithoutQuit rule;
    private volatile boolean vanished;

    EndWithoutProof(ControlConnection connection, WithoutQuit rule) {
        this.connection = connection;
        this.rule = rule;
    }

    @Override
    public Meaning meaning(boolean replaces) {
        Presence presence = connection.client().now();
        if (presence == Presence.HERE && isAtStake(replaces)) {
            presence = connection.client().after(MOMENT);
        }
        return switch (presence) {
            case HERE, SAID_QUIT -> Meaning.COMPLETE;
            case VANISHED -> ofVanished();
        };
    }

    /** Whether a client that has vanished would make a difference. */
    private boolean isAtStake(boolean replaces) {
        return switch (rule) {
            case NEW -> replaces;
            case ALWAYS -> false;
            case NEVER -> true;
        };
    }

    private Meaning ofVanished() {
        vanished = true;
        return switch (rule) {
            case NEW -> Meaning.COMPLETE_IF_NEW;
            case ALWAYS -> Meaning.COMPLETE;
            case NEVER -> Meaning.BROKEN;
        };
    }

    /** Says by which rule it was decided. */
    void log(TransferReport.Subject subject, TransferResult result) {
        if (vanished) {
            DECIDED.write(
                    Level.INFO,
                    () -> '"' + LogText.escape(subject.path()) + "\" came from a client that left without QUIT and "
                            + (result.completed() ? "counts as complete" : "counts as broken")
                            + " (upload.without-quit=" + rule.name().toLowerCase(Locale.ROOT) + ")");
        }
    }
}
