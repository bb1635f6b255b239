/**
 * TLS for control and data connections: loads the server's certificate, gives each control session its own TLS state
 * and encrypts data connections.
 *
 * <p>It must not know commands, files or transfers; above it stand {@link dev.zeroftpd.transfer.channel.DataChannel}s. Start
 * reading at {@link dev.zeroftpd.dataconnection.tls.TlsContexts}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.dataconnection.tls;
