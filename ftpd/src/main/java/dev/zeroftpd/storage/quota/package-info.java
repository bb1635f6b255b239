/**
 * What accounts may store: counts what lies in homes, refuses what is too much, and walks through homes to count them and to
 * delete what is too old.
 *
 * <p>Every change of a home goes through {@link dev.zeroftpd.storage.Storage}, so counting is one layer around it, {@link
 * dev.zeroftpd.storage.quota.MeteredStorage}, which homes without a quota don't have. It must not know accounts, commands or
 * events. Start reading there, then {@link dev.zeroftpd.storage.quota.HomeUsage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.quota;
