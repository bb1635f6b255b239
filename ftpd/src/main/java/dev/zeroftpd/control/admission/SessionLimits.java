package dev.zeroftpd.control.admission;

/**
 * How many sessions there may be. Immutable; any thread. 0 means no limit.
 *
 * @param sessions at once
 * @param perAddress at once from one address prefix
 * @param beforeLogin at once without a login
 * @param ipv6PrefixBits how much of an IPv6 address is one client's; 1 to 128
 */
public record SessionLimits(int sessions, int perAddress, int beforeLogin, int ipv6PrefixBits) {

    /** Any number of sessions, as an embedder expects who has set no limit. */
    public static final SessionLimits NONE = new SessionLimits(0, 0, 0, AddressPrefix.IPV6_BITS);

    public SessionLimits {
        if (ipv6PrefixBits < 1 || ipv6PrefixBits > AddressPrefix.IPV6_BITS) {
            throw new IllegalArgumentException("an IPv6 prefix has 1 to 128 bits");
        }
    }
}
