package dev.zeroftpd.config;

/** Whether a data connection must resume the TLS session of its control connection, which proves that it is the same client. */
public enum SessionReuse {
    /** Resumption is offered, a full handshake is accepted. */
    OPTIONAL,
    /** A data connection with a full handshake is refused. */
    REQUIRED
}
