package dev.zeroftpd.users.source;

import java.io.Serial;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;

/** Whether the password is right can't be known now, because accounts from elsewhere aren't available. Immutable. */
public final class SourceAwayException extends AuthenticationFailedException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param why in a clause, for the log */
    public SourceAwayException(String why) {
        super(why);
    }
}
