package dev.zeroftpd.users;

import java.util.Optional;

/**
 * What one account's lines of {@code users.properties} say, checked. Immutable; any thread.
 *
 * @param home an absolute path of the default file system, or the URI of another one
 * @param idleSeconds 0 leaves it to the listener
 * @param role empty where the file says none: then a user
 */
record AccountAttributes(
        String name,
        StoredPassword password,
        String home,
        boolean enabled,
        boolean writePermission,
        int idleSeconds,
        LoginLimits logins,
        AccountRates rates,
        Optional<Role> role) {}
