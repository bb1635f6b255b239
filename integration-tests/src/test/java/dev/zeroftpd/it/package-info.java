/**
 * The running server as a client sees it: commons-net, raw sockets and command-line clients against a process of its own,
 * and the kernel's account of what that process did.
 *
 * <p>These tests know the contracts (configuration, replies, log lines), not the server's classes. Start reading at
 * {@link dev.zeroftpd.it.ServerProcess} and {@link dev.zeroftpd.it.RetrieveIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it;
