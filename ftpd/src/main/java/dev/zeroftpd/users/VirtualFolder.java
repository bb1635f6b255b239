package dev.zeroftpd.users;

import dev.zeroftpd.config.HomeUri;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A directory elsewhere that an account sees within its home: {@code folder./shared=/srv/shared,read-only}. Immutable; any
 * thread.
 *
 * @param at where the account sees it: absolute, without {@code .}, {@code ..}, empty names or a slash at its end; never the
 *     home itself
 * @param root an absolute path of the default file system, or the URI of another one
 */
public record VirtualFolder(String at, String root, boolean readOnly) {

    private static final String READ_ONLY = "read-only";

    /**
     * Reads what a line says.
     *
     * @param file the file of accounts, to whose directory a relative path is relative
     * @throws IllegalArgumentException saying in a clause what is wrong
     */
    static VirtualFolder parse(Path file, String at, String text) {
        String root = directory(text);
        if (root.isEmpty()) {
            throw new IllegalArgumentException("no directory is named");
        }
        return new VirtualFolder(at, Home.resolve(file, root), !root.equals(text.strip()));
    }

    /** What a line names, without whether it is read-only. */
    static String directory(String text) {
        String written = text.strip();
        int comma = written.lastIndexOf(','); // a path may have some too
        boolean readOnly = comma >= 0 && written.substring(comma + 1).strip().equals(READ_ONLY);
        return readOnly ? written.substring(0, comma).strip() : written;
    }

    /** Whether the names say that it is within {@code home}, or one of {@code folders} that is not read-only. */
    boolean canBeWrittenIn(String home, Collection<VirtualFolder> folders) {
        return isWithin(home) || folders.stream().anyMatch(folder -> !folder.readOnly && isWithin(folder.root));
    }

    private boolean isWithin(String directory) {
        return HomeUri.scheme(root).isEmpty()
                && HomeUri.scheme(directory).isEmpty()
                && Path.of(root).startsWith(Path.of(directory));
    }
}
