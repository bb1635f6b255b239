package dev.zeroftpd.users;

import org.apache.ftpserver.usermanager.impl.UserMetadata;

/** What is known of a client that logs in, besides what it says. One thread. */
public final class ClientMetadata extends UserMetadata {

    private final boolean tls;

    /** @param tls whether its control connection is encrypted */
    public ClientMetadata(boolean tls) {
        this.tls = tls;
    }

    /** Whether its control connection is encrypted. */
    boolean tls() {
        return tls;
    }
}
