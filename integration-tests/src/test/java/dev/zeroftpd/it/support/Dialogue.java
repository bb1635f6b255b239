package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;

/** A table of commands and the replies that they must get, held against a server. Stateless. */
public final class Dialogue {

    private static final Pattern ARROW = Pattern.compile(" +=> +");

    private Dialogue() {}

    /** Holds the table against a connection of its own, from the greeting on. */
    public static void beforeLogin(ServerUnderTest server, String table) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            hold(client, table);
        }
    }

    /** The same in a session of alice's, in TYPE I. */
    public static void loggedIn(ServerUnderTest server, String table) throws IOException {
        loggedIn(server, Account.ALICE, table);
    }

    public static void loggedIn(ServerUnderTest server, Account account, String table) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), account)) {
            hold(client, table);
        }
    }

    /**
     * Sends the commands one by one.
     *
     * @param table lines of {@code COMMAND => regular expression}; the expression must match the whole reply, all of its
     *     lines
     */
    public static void hold(ControlClient client, String table) throws IOException {
        for (String row : table.lines().toList()) {
            String[] cells = ARROW.split(row.strip(), 2);
            assertThat(client.command(cells[0]).text())
                    .as("reply to '%s'", cells[0])
                    .matches(Pattern.compile(cells[1], Pattern.DOTALL));
        }
    }
}
