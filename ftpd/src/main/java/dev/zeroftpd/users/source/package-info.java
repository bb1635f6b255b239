/**
 * Accounts from elsewhere, as a plugin knows them: finds the plugin that {@code users.source} names, and asks it within limits.
 *
 * <p>It knows nothing of what accounts are. Start reading at {@link dev.zeroftpd.users.source.GuardedSource}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.users.source;
