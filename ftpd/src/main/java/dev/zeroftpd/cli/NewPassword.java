package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gets a new password from a person, who types it twice, or from standard input. One thread. */
final class NewPassword {

    private static final String NO_TERMINAL = "give the password on standard input: --password-stdin";

    private final Terminal terminal;

    NewPassword(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @throws ConfigException if there is none, or the two don't agree */
    String get(String user, boolean fromStandardInput) throws ConfigException, IOException {
        String password = fromStandardInput ? firstLine() : typedTwice(user);
        if (password.isEmpty()) {
            throw refused("the password is empty", "type one");
        }
        return password;
    }

    private String firstLine() throws IOException {
        // Not closed: standard input isn't ours.
        BufferedReader reader = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        return Optional.ofNullable(reader.readLine()).orElse("");
    }

    private String typedTwice(String user) throws ConfigException {
        String first = ask("Password for " + user);
        String second = ask("Again");
        if (!first.equals(second)) {
            throw refused("the two passwords differ", "try again");
        }
        return first;
    }

    private String ask(String question) throws ConfigException {
        return terminal.passwordPrompt()
                .ask(question)
                .orElseThrow(() -> refused("there is no terminal to ask at", NO_TERMINAL));
    }

    private static ConfigException refused(String what, String remedy) {
        return new ConfigException(new Problem("password", what, remedy));
    }
}
