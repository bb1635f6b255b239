/**
 * Quotas and retention of a running server: which homes have limits, when they are counted and cleared, and what operators are
 * told. All but {@link dev.zeroftpd.server.quota.HomeLimits} and the layer that it puts around each home is loaded once an account has such a limit.
 *
 * <p>It knows accounts, homes and events, and must not know sessions and commands. Start reading at {@link
 * dev.zeroftpd.server.quota.Quotas}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.server.quota;
