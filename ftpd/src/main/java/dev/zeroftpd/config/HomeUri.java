package dev.zeroftpd.config;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells homes that are URIs of a file system provider from those that are paths. Stateless; any thread. */
public final class HomeUri {

    /** A scheme of two letters or more, so that {@code C:\ftp} is a path. */
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

    private static final String ARCHIVE = "jar:";

    private HomeUri() {}

    /** The scheme as it is written; empty for a path. */
    public static Optional<String> scheme(String home) {
        Matcher form = FORM.matcher(home);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    /** The file that a home is in, if that is an archive of this machine ({@code jar:file:///srv/files.zip}). */
    public static Optional<Path> archive(String home) {
        if (!home.regionMatches(true, 0, ARCHIVE, 0, ARCHIVE.length())) {
            return Optional.empty();
        }
        String file = home.substring(ARCHIVE.length());
        int entry = file.indexOf("!/");
        try {
            return Optional.of(Path.of(URI.create(entry < 0 ? file : file.substring(0, entry))));
        } catch (IllegalArgumentException | FileSystemNotFoundException elsewhere) {
            return Optional.empty();
        }
    }
}
