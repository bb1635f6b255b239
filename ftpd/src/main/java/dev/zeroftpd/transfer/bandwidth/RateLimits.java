package dev.zeroftpd.transfer.bandwidth;

/**
 * The limits of one account in one direction, in bytes a second; 0: none. Immutable.
 *
 * @param transfer for each transfer alone
 * @param user for all transfers of the account together
 */
public record RateLimits(long transfer, long user) {

    public static final RateLimits NONE = new RateLimits(0, 0);

    public RateLimits {
        if (transfer < 0 || user < 0) {
            throw new IllegalArgumentException("a rate below zero: " + transfer + ", " + user);
        }
    }
}
