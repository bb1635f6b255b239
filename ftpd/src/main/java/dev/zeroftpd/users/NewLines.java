package dev.zeroftpd.users;

import java.util.Map;

/**
 * What an account's lines are to say, by attribute. Immutable; any thread.
 *
 * @param hash of its password, as it is stored; empty if {@code password} is given
 * @param password the password itself, which is stored as a hash; empty if {@code hash} is given
 * @param attributes such as {@code homedirectory}, but for the password
 */
public record NewLines(String name, String hash, String password, Map<String, String> attributes) {

    public NewLines {
        attributes = Map.copyOf(attributes);
    }

    /** Without password and hash. */
    @Override
    public String toString() {
        return "NewLines[" + name + ", " + attributes + "]";
    }
}
