/**
 * Names of accounts, and the paths that are made of them.
 *
 * <p>It must not know accounts. Start reading at {@link dev.zeroftpd.users.name.AccountName}.
 */
@NullMarked
package dev.zeroftpd.users.name;

import org.jspecify.annotations.NullMarked;
