package dev.zeroftpd.users;

import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.users.certificate.AcceptedCertificates;
import dev.zeroftpd.users.limit.AccountRates;
import dev.zeroftpd.users.limit.LoginLimits;
import dev.zeroftpd.users.limit.LoginRules;
import dev.zeroftpd.users.limit.StorageLimits;
import dev.zeroftpd.users.password.StoredPassword;
import java.util.List;
import java.util.Optional;

/**
 * What one account's lines of {@code users.properties} and those of its groups say, checked. Immutable; any thread.
 *
 * @param home an absolute path of the default file system, or the URI of another one
 * @param groups in their order
 * @param role empty where the file says none: then a user
 * @param fromElsewhere whether it is none of the file's, but another place says what it is
 */
record AccountAttributes(
        String name,
        StoredPassword password,
        String home,
        boolean enabled,
        Rights rights,
        Limits limits,
        LoginRules rules,
        AcceptedCertificates certificates,
        List<String> groups,
        Optional<Role> role,
        List<VirtualFolder> folders,
        boolean fromElsewhere) {

    /**
     * How much it may use at once, and store.
     *
     * @param idleSeconds 0 leaves it to the listener
     */
    record Limits(int idleSeconds, LoginLimits logins, AccountRates rates, StorageLimits storage) {}
}
