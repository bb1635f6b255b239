package dev.zeroftpd.control.reply;

import java.util.Optional;

/**
 * What one listener tells its clients instead of the usual words when they connect and when they have logged in; may change
 * while it serves. Thread-safe.
 */
public final class Banners {

    /** Lines with LF between them; empty for the usual words. */
    private record Texts(Optional<String> greeting, Optional<String> welcome) {}

    private volatile Texts texts = new Texts(Optional.empty(), Optional.empty());

    /** Sessions hear these from now on: lines with LF between them, or nothing for the usual words. */
    public void become(Optional<String> greeting, Optional<String> welcome) {
        texts = new Texts(greeting, welcome);
    }

    /** The text of the 220. */
    public Optional<String> greeting() {
        return texts.greeting();
    }

    /** The text of the 230. */
    public Optional<String> welcome() {
        return texts.welcome();
    }
}
