package dev.zeroftpd.cli;

import java.util.Optional;

/** Asks a person for a password without showing it. One thread. */
@FunctionalInterface
interface PasswordPrompt {

    /** What was typed; empty if there is no terminal to ask at, or if it was closed instead of answered. */
    Optional<String> ask(String question);
}
