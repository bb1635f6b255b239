/**
 * What a server of its own process gives up before it serves: the user that it was started as, files and system calls that
 * it doesn't need.
 *
 * <p>Embedded servers never come here: the process is the embedder's. It knows nothing of sessions. Start reading at
 * {@link dev.zeroftpd.server.privilege.LeastPrivilege}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.server.privilege;
