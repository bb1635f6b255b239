/**
 * What an account may do at which path, as a value that accounts make and everything else asks.
 *
 * <p>It knows no account, file or verb. Start reading at {@link dev.zeroftpd.rights.Rights}.
 */
@NullMarked
package dev.zeroftpd.rights;

import org.jspecify.annotations.NullMarked;
