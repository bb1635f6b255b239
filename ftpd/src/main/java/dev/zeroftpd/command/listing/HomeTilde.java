package dev.zeroftpd.command.listing;

import java.util.function.Predicate;

/**
 * What a tilde at the beginning of a path means, as in vsftpd and ProFTPD: the home. Stateless; any thread.
 *
 * <p>A file whose name is a tilde comes first. Names of accounts behind the tilde mean nothing.
 */
public final class HomeTilde {

    private HomeTilde() {}

    /**
     * The path without a tilde.
     *
     * @param exists whether there is a file of exactly that name
     */
    public static String expand(String typed, Predicate<String> exists) {
        if (typed.equals("~")) {
            return exists.test("~") ? typed : "/";
        }
        return typed.startsWith("~/") && !exists.test("~") ? typed.substring(1) : typed;
    }
}
