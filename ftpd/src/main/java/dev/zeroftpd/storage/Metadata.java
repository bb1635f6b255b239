package dev.zeroftpd.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * What one read of a file's status told. Immutable; any thread.
 *
 * @param size bytes; of a directory whatever the file system says
 * @param created where the file system knows it
 * @param owner a name, or the number as text where the number has no name
 * @param group like {@code owner}
 * @param mode POSIX permission bits, 0 to 07777
 * @param links hard links, at least 1
 * @param device with {@code inode} identifies the file on this machine; both 0 where unknown
 */
public record Metadata(
        Kind kind,
        long size,
        Instant modified,
        Optional<Instant> created,
        String owner,
        String group,
        int mode,
        long links,
        long device,
        long inode) {

    /** What a path leads to. A symbolic link that may be followed is what it leads to. */
    public enum Kind {
        FILE,
        DIRECTORY,
        /** A device, socket, pipe, or a symbolic link that leads nowhere or must not be followed. */
        OTHER
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** True if {@link #device} and {@link #inode} mean something. */
    public boolean hasIdentity() {
        return inode != 0;
    }
}
