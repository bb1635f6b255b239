/**
 * The server as a process: what the {@code ftpd} command starts, says and returns, and how a server ends.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.lifecycle.LauncherIT} and {@link dev.zeroftpd.it.lifecycle.ShutdownIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.lifecycle;
