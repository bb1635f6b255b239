/**
 * The PROXY protocol, versions 1 and 2: what a balancer says of its client before the client's first byte, on control and on
 * passive data connections.
 *
 * <p>It knows bytes, addresses and who may say them; nothing of sessions. Loaded only where
 * {@code listener.proxy-protocol=required}. Start reading at {@link dev.zeroftpd.dataconnection.proxy.ProxyHeader}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.dataconnection.proxy;
