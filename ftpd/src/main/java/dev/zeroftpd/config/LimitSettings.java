package dev.zeroftpd.config;

/**
 * How much clients may ask for. Immutable; any thread.
 *
 * @param sessions control connections at once, at least 1
 * @param sessionsPerAddress control connections at once from one IP address; 0: no limit
 * @param loginFailures wrong passwords until the session is closed, at least 1
 */
public record LimitSettings(int sessions, int sessionsPerAddress, int loginFailures) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public LimitSettings {
        Ranges.between("limits.sessions", sessions, 1, Integer.MAX_VALUE);
        Ranges.between("limits.sessions-per-address", sessionsPerAddress, 0, Integer.MAX_VALUE);
        Ranges.between("limits.login-failures", loginFailures, 1, Integer.MAX_VALUE);
    }

    /** 10,000 sessions, no limit an address, three failures. */
    public static LimitSettings defaults() {
        return new LimitSettings(10_000, 0, 3);
    }
}
