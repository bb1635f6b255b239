package dev.zeroftpd.admin.page.source;

import java.io.Serial;

/** What a browser asked for makes no sense; the message says why. */
public final class BadRequest extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public BadRequest(String why) {
        super(why);
    }
}
