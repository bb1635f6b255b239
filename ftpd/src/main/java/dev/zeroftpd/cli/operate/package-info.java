/**
 * The operator's commands, {@code ftpd who} and its like: ask a running server over its control socket and print the answer.
 *
 * <p>They must not know how the server does what they ask. Start reading at {@link dev.zeroftpd.cli.operate.Server}.
 */
@NullMarked
package dev.zeroftpd.cli.operate;

import org.jspecify.annotations.NullMarked;
