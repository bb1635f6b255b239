package dev.zeroftpd.transfer.result;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transfer ended. Each transfer has exactly one outcome: the first cause that was noticed. Immutable.
 *
 * <p>The cases differ in who caused the end, because that decides the reply and the log level.
 */
public sealed interface Outcome {

    /** Every promised byte was handed to the kernel (sending) or the peer ended the data connection well (receiving). */
    record Completed() implements Outcome {}

    /** The data connection was never established; no byte was moved. */
    record NoDataConnection(String detail) implements Outcome {}

    /** The peer closed or reset the data connection before the end. */
    record PeerClosed(String detail) implements Outcome {}

    /** Not one byte moved for {@code limit}. */
    record Stalled(Duration limit) implements Outcome {}

    /** A TLS upload ended without close_notify, so it may be cut short. */
    record TlsTruncated() implements Outcome {}

    /**
     * An upload's data connection ended well, but the client had ended its control connection before without QUIT: it
     * may have been killed, and the file cut short.
     */
    record ClientVanished() implements Outcome {}

    /** Cancelled by our side of the control connection. */
    record Aborted(Cause cause) implements Outcome {
        public enum Cause {
            /** The client sent ABOR. */
            ABOR,
            /** The control connection is gone, so there is no reply. */
            CONTROL_CLOSED,
            /** The server shuts down and the grace period is over. */
            SHUTDOWN,
            /** The operator ends the session. */
            KICKED
        }
    }

    /** The file shrank, or was changed in place, while it was being sent: what arrived is not what was promised. */
    record SourceChanged(String detail) implements Outcome {}

    /**
     * Reading or writing the local file failed.
     *
     * @param detail for the client, so no text of code that is not ours
     * @param cause for the log
     */
    record LocalFailure(String detail, @Nullable Throwable cause) implements Outcome {

        /** A failure of which the client can be told nothing. */
        public static LocalFailure unexpected(Throwable cause) {
            return new LocalFailure("unexpected error on the server, see its log", cause);
        }
    }

    /** No space left on the device. */
    record DiskFull(String detail) implements Outcome {

        /** How it is said in every reply, whatever language the process was started in. */
        public static final String WORDS = "No space left on device";
    }

    /** A storage quota is used up. */
    record QuotaExceeded(String detail) implements Outcome {}

    /** The file may not be written or read, found only after the transfer began. */
    record NotPermitted(String detail) implements Outcome {}

    /** All of it came, but the operator's check of uploads wants none of it. */
    record Rejected(String detail) implements Outcome {}
}
