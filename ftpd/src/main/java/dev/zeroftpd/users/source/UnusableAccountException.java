package dev.zeroftpd.users.source;

import java.io.Serial;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;

/** The password was right, but what the source says of the account can't be used. Immutable. */
public final class UnusableAccountException extends AuthenticationFailedException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param why in a clause, for the log */
    public UnusableAccountException(String why) {
        super(why);
    }
}
