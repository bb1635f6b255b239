package dev.zeroftpd.config;

/** Whether clients show a certificate of their own in the TLS handshake. */
public enum ClientCertificates {
    /** None is asked for. */
    OFF,
    /** One is asked for; clients without one are welcome. */
    OPTIONAL,
    /** The handshake fails without a trusted one. */
    REQUIRED
}
