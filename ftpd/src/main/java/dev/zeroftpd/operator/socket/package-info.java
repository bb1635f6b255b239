/**
 * The socket file that operators' commands come by: who may use it, who comes, and the lines.
 *
 * <p>It must not know the commands. Start reading at {@link dev.zeroftpd.operator.socket.SocketFile}.
 */
@NullMarked
package dev.zeroftpd.operator.socket;

import org.jspecify.annotations.NullMarked;
