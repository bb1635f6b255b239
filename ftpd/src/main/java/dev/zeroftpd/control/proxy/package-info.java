/**
 * Control connections that come by way of a balancer: each waits for its PROXY header and is a session only then, one of the
 * client that the header names.
 *
 * <p>It knows nothing of commands and replies beyond what a balancer is told that looks whether the server is there. Loaded only
 * where {@code listener.proxy-protocol=required}. Start reading at {@link dev.zeroftpd.control.proxy.ProxyEntrance}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.proxy;
