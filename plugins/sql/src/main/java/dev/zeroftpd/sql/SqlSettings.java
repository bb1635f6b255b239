package dev.zeroftpd.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * What is configured of the database. Immutable; any thread. Not printed: it holds the password.
 *
 * @param url as the driver takes it, with everything that it must heed but the password
 * @param password empty where the database asks for none
 * @param home with <code>${user}</code> for the name, of accounts for which the database says none; empty: from there or a group
 * @param keys whether there is a table of keys beside that of the accounts
 * @param connections at most
 * @param timeout of connecting, and of each answer
 */
record SqlSettings(
        DatabaseUrl url,
        String user,
        Optional<String> password,
        Optional<String> home,
        boolean keys,
        int connections,
        Duration timeout) {

    @Override
    public String toString() {
        return url.text();
    }
}
