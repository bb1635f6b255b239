/**
 * Who may log in: the accounts of {@code users.properties}, their passwords, and their permissions.
 *
 * <p>It knows nothing of sessions, replies or transfers: it answers who a user is and what they may do.
 * Start at {@link dev.zeroftpd.users.AccountUserManager} for the running server, and at
 * {@link dev.zeroftpd.users.UsersFile} for the edits of the command line.
 */
@NullMarked
package dev.zeroftpd.users;

import org.jspecify.annotations.NullMarked;
