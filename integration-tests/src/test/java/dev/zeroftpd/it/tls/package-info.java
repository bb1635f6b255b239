/**
 * TLS on control and data connections: when it is asked for or required, which protocols and certificates it has, and how a
 * handshake that fails is answered and logged.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.tls.TlsIT} and {@link dev.zeroftpd.it.tls.ProtectionIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.tls;
