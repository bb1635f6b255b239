package dev.zeroftpd.config;

/** How a listener uses TLS (RFC 4217). */
public enum TlsMode {
    /** AUTH is refused. */
    OFF,
    /** AUTH TLS is offered; clients may stay in clear text. */
    EXPLICIT,
    /** AUTH TLS is offered, and USER, PASS and transfers are refused without it. */
    REQUIRED,
    /** The connection begins with the TLS handshake (port 990 by tradition). */
    IMPLICIT
}
