package dev.zeroftpd.users;

import java.util.Optional;

/**
 * What an account may do to the server itself. Immutable; any thread.
 *
 * @param administrator whether it may see and do what is for administrators, such as SITE WHO
 * @param group whose members' sessions that is confined to; empty for all
 */
record Role(boolean administrator, Optional<String> group) {

    /** It transfers files. */
    static final Role USER = new Role(false, Optional.empty());

    static final Role ADMIN = new Role(true, Optional.empty());
}
