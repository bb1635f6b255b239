package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;

/** The data connection could not be opened. Carries the outcome that the transfer ends with. */
public final class NoDataConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome.NoDataConnection.Reason reason;

    public NoDataConnectionException(Outcome.NoDataConnection.Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Outcome.NoDataConnection outcome() {
        return new Outcome.NoDataConnection(reason, String.valueOf(getMessage()));
    }
}
