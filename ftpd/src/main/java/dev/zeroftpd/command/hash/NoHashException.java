package dev.zeroftpd.command.hash;

import java.io.IOException;

/** A file can't be hashed for a reason of ours, which the client may read. */
final class NoHashException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a clause for the client */
    NoHashException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
