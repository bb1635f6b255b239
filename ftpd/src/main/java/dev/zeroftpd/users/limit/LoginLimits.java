package dev.zeroftpd.users.limit;

/**
 * How often one account may be logged in at the same time. Immutable; any thread.
 *
 * @param sessions at most, from everywhere; 0 for no limit
 * @param sessionsPerAddress at most, from one client address; 0 for no limit
 */
public record LoginLimits(int sessions, int sessionsPerAddress) {

    public LoginLimits {
        if (sessions < 0 || sessionsPerAddress < 0) {
            throw new IllegalArgumentException("a login limit must not be negative");
        }
    }
}
