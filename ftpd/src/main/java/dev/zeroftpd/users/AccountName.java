package dev.zeroftpd.users;

import java.util.Optional;

/** What an account may be called. Stateless; any thread. */
final class AccountName {

    /** Far beyond any real name; a USER command line has room for it. */
    private static final int LONGEST = 128;

    private AccountName() {}

    /** What is wrong with the name, in a clause; nothing if it can be used. */
    static Optional<String> faultOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("the account has no name");
        }
        if (name.length() > LONGEST) {
            return Optional.of("the account's name is longer than " + LONGEST + " characters");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("the account's name begins or ends with a space");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the account's name contains a control character");
        }
        return Optional.empty();
    }
}
