package dev.zeroftpd.config;

/** Who decides whether a listener's data connections are protected (RFC 4217, section 7). */
public enum DataTls {
    /** The client, by PROT. */
    CLIENT,
    /** Nothing is transferred in clear: 522 until the client has sent PROT P. */
    REQUIRED
}
