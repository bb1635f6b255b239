package dev.zeroftpd.config;

/**
 * How much clients may ask for. Immutable; any thread.
 *
 * @param sessions control connections at once, at least 1
 * @param sessionsPerAddress control connections at once from one address prefix; 0: no limit
 * @param sessionsBeforeLogin control connections at once without a login; 0: no limit
 * @param addressPrefixIpv6 how many bits of an IPv6 address count as one address, 1 to 128
 * @param loginFailures wrong passwords until the session is closed, at least 1
 */
public record LimitSettings(
        int sessions, int sessionsPerAddress, int sessionsBeforeLogin, int addressPrefixIpv6, int loginFailures) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public LimitSettings {
        Ranges.between("limits.sessions", sessions, 1, Integer.MAX_VALUE);
        Ranges.between("limits.sessions-per-address", sessionsPerAddress, 0, Integer.MAX_VALUE);
        Ranges.between("limits.sessions-before-login", sessionsBeforeLogin, 0, Integer.MAX_VALUE);
        Ranges.between("limits.address-prefix-ipv6", addressPrefixIpv6, 1, 128);
        Ranges.between("limits.login-failures", loginFailures, 1, Integer.MAX_VALUE);
    }
}
