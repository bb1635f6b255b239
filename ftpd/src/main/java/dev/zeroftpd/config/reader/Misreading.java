package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.plugin.UriSecret;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises in a value that can't be used what the syntax of Java's properties made of it: comments behind values are part of
 * them, and single backslashes vanish. Stateless; any thread.
 */
public final class Misreading {

    private static final Pattern COMMENT = Pattern.compile("(?<value>.*?)\\s+[#!].*", Pattern.DOTALL);

    private Misreading() {}

    /** What to do about it, in a clause; nothing if the value is what it seems to be. */
    public static Optional<String> of(Entry entry) {
        if (entry.strangeEscape()) {
            return Optional.of("a backslash in this file is written twice (\\\\)");
        }
        return comment(entry.value());
    }

    /** The same where only the text is known. */
    public static Optional<String> comment(String value) {
        Matcher matcher = COMMENT.matcher(value);
        return matcher.matches()
                ? Optional.of(
                        "a comment needs a line of its own: leave only " + UriSecret.shown(matcher.group("value")))
                : Optional.empty();
    }
}
