package dev.zeroftpd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;

/** A table of commands and the replies that they must get, held against a server. Stateless. */
final class Dialogue {

    private static final Pattern ARROW = Pattern.compile(" +=> +");

    private Dialogue() {}

    /**
     * Sends the commands one by one.
     *
     * @param table lines of {@code COMMAND => regular expression}; the expression must match the whole reply, all of its
     *     lines
     */
    static void hold(ControlClient client, String table) throws IOException {
        for (String row : table.lines().toList()) {
            String[] cells = ARROW.split(row.strip(), 2);
            assertThat(client.command(cells[0]).text())
                    .as("reply to '%s'", cells[0])
                    .matches(Pattern.compile(cells[1], Pattern.DOTALL));
        }
    }
}
