/**
 * The composition root: the only place that constructs collaborators, and the server's life from start to drain.
 *
 * <p>It must hold no protocol logic of its own. Start reading at {@link dev.zeroftpd.server.FtpDaemon}; embedders start
 * at {@link dev.zeroftpd.server.ZeroCopy}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.server;
