package dev.zeroftpd.users;

import java.io.Serial;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;

/** The password was right, but its account may not log in: no guess, though the client must not learn that. Immutable. */
public final class DisabledAccountException extends AuthenticationFailedException {

    @Serial
    private static final long serialVersionUID = 1L;

    DisabledAccountException() {
        super("Authentication failed");
    }
}
