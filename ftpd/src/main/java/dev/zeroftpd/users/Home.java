package dev.zeroftpd.users;

import dev.zeroftpd.config.HomeUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns what {@code homedirectory} says into an absolute path, or into the URI of an installed file system provider.
 * Stateless; any thread.
 */
final class Home {

    private Home() {}

    /**
     * @param file the file of accounts, to whose folder a relative home is relative
     * @throws IllegalArgumentException saying in a clause what is wrong
     */
    static String resolve(Path file, String text) {
        Optional<String> written = uriScheme(text);
        if (written.isEmpty()) {
            return path(file, text).toString();
        }
        String scheme = written.get().toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return Path.of(parsed(text)).normalize().toString();
        }
        if (FileSystemProvider.installedProviders().stream()
                .noneMatch(provider -> provider.getScheme().equalsIgnoreCase(scheme))) {
            String installed = FileSystemProvider.installedProviders().stream()
                    .map(FileSystemProvider::getScheme)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "no file system provider for " + scheme + ": is on the class path (there are " + installed + ")");
        }
        return parsed(text).toString();
    }

    /** Whether the resolved home is one of the default file system that isn't there. */
    static boolean missing(String home) {
        return uriScheme(home).isEmpty() && !Files.isDirectory(Path.of(home));
    }

    /** A file's URI has a slash; a path that looks like one can be written as {@code ./s:/}. */
    private static Optional<String> uriScheme(String text) {
        return HomeUri.scheme(text).filter(scheme -> text.contains("/"));
    }

    private static Path path(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return (folder == null ? Path.of(text) : folder.resolve(text))
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getReason(), e);
        }
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + e.getReason(), e);
        }
    }
}
