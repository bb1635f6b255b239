package dev.zeroftpd.cli;

import java.io.Console;
import java.util.Optional;

/** Asks at the terminal that the process was started from. One thread. */
final class ConsolePrompt implements PasswordPrompt {

    @Override
    public Optional<String> ask(String question) {
        // A console need not be a terminal; input from elsewhere must not be taken for a password.
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s: ", question))
                .map(String::new);
    }
}
