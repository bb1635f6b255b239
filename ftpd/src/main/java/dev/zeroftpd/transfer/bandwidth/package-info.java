/**
 * Limits on rates: of a session, an account, an address, the server.
 *
 * <p>Start reading at {@link dev.zeroftpd.transfer.bandwidth.Throttle}, then {@code TokenBucket}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.bandwidth;
