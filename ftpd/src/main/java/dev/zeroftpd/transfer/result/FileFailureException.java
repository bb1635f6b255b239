package dev.zeroftpd.transfer.result;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a file that knows what it means for a transfer, so that nothing has to be guessed from its text. Its message
 * may be shown to the client.
 */
public abstract class FileFailureException extends IOException {

    private static final long serialVersionUID = 1L;

    /** For subclasses: a message for the client, and the cause for the log. */
    protected FileFailureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** How a transfer ends that meets this. */
    public abstract Outcome outcome();
}
