/**
 * Stored passwords: the forms that a file of accounts may have them in, and how each verifies what a client gives.
 *
 * <p>It knows no account. Start reading at {@link dev.zeroftpd.users.password.StoredPassword}.
 */
@NullMarked
package dev.zeroftpd.users.password;

import org.jspecify.annotations.NullMarked;
