package dev.zeroftpd.users.name;

import java.util.Optional;

/** What an account may be called. Stateless; any thread. */
public final class AccountName {

    /** Far beyond any real name; a USER command line has room for it. */
    public static final int LONGEST = 128;

    private AccountName() {}

    /** What is wrong with the name, in a clause; nothing if it can be used. */
    public static Optional<String> faultOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("the account has no name");
        }
        if (name.length() > LONGEST) {
            return Optional.of("the account's name is longer than " + LONGEST + " characters");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("the account's name begins or ends with a space");
        }
        for (int i = 0; i < name.length(); i++) { // no stream: there may be a hundred thousand
            if (Character.isISOControl(name.charAt(i))) {
                return Optional.of("the account's name contains a control character");
            }
        }
        return Optional.empty();
    }
}
