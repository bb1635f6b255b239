/**
 * Why a port can't be bound, and why the network fails.
 *
 * <p>It must not know what is bound. Start reading at {@link dev.zeroftpd.server.bind.BindProblem}.
 */
@NullMarked
package dev.zeroftpd.server.bind;

import org.jspecify.annotations.NullMarked;
