/**
 * Accounts of other servers: reads their files and says what becomes of each account here.
 *
 * <p>It knows nothing of the command line, and writes only by {@link dev.zeroftpd.users.UsersFile}. Start at {@link
 * dev.zeroftpd.users.migration.Migration}.
 */
@NullMarked
package dev.zeroftpd.users.migration;

import org.jspecify.annotations.NullMarked;
