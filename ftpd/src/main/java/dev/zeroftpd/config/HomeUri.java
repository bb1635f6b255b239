package dev.zeroftpd.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells homes that are URIs of a file system provider from those that are paths. Stateless; any thread. */
public final class HomeUri {

    /** A scheme of two letters or more, so that {@code C:\ftp} is a path. */
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

    private HomeUri() {}

    /** The scheme as it is written; empty for a path. */
    public static Optional<String> scheme(String home) {
        Matcher form = FORM.matcher(home);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }
}
