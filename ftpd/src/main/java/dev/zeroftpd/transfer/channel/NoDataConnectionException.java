package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;

/** The data connection could not be opened. Carries the outcome that the transfer ends with. */
public final class NoDataConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoDataConnectionException(String detail) {
        super(detail);
    }

    public Outcome.NoDataConnection outcome() {
        return new Outcome.NoDataConnection(String.valueOf(getMessage()));
    }
}
