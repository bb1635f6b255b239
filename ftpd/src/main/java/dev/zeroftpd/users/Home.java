package dev.zeroftpd.users;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
            throw new IllegalArgumentException("no plugin serves " + scheme + ": (there are " + installed + "); "
                    + PluginJars.ofProcess().remedyForScheme(scheme));
        }
        return parsed(text).toString();
    }

    /**
     * Why a home can't be one. Both are clauses.
     *
     * @param what follows the home
     * @param remedy what to do
     */
    record Fault(String what, String remedy) {}

    /** What is wrong with the resolved home, if it is one of the default file system. */
    static Optional<Fault> fault(String home) {
        return uriScheme(home).isEmpty() ? fault(Path.of(home)) : Optional.empty();
    }

    private static Optional<Fault> fault(Path home) {
        try {
            return Files.readAttributes(home, BasicFileAttributes.class).isDirectory()
                    ? Optional.empty()
                    : Optional.of(new Fault("is a file, not a directory", "name a directory"));
        } catch (NoSuchFileException e) {
            return Optional.of(new Fault(
                    "is not an existing directory", "create it (mkdir -p '" + home + "'), or name another one"));
        } catch (IOException e) {
            boolean denied = e instanceof AccessDeniedException;
            return Optional.of(new Fault(
                    "can't be reached: " + FailureReason.of(e),
                    denied ? "let the server's user enter the directories above it" : "name another one"));
        }
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
