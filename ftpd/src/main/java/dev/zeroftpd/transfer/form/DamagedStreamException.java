package dev.zeroftpd.transfer.form;

import java.io.IOException;

/** What the peer sent is not in the form that it announced, or ends too early. Its message is fit for a reply. */
public final class DamagedStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedStreamException(String message) {
        super(message);
    }

    DamagedStreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
