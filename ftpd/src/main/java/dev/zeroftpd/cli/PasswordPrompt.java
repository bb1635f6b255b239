package dev.zeroftpd.cli;

import java.util.Optional;

/** Asks a person for a password without showing it. One thread. */
@FunctionalInterface
interface PasswordPrompt {

    /** What was typed; empty where nobody can be asked, or who was asked closed the terminal. */
    Optional<String> ask(String question);
}
