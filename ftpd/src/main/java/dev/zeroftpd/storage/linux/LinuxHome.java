package dev.zeroftpd.storage.linux;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.nio.file.Path;

/**
 * Resolves the paths of one home, beneath its directory. Thread-safe.
 *
 * <p>The directory is opened for each operation (2 µs) rather than once: idle sessions hold no descriptor.
 */
final class LinuxHome {

    private final Path directory;
    private final long resolveFlags;

    LinuxHome(Path directory, SymlinkPolicy symlinks) {
        this.directory = directory;
        this.resolveFlags = resolveFlags(symlinks);
    }

    private static long resolveFlags(SymlinkPolicy symlinks) {
        // The links in /proc lead into other processes' files and are never what a home's owner meant.
        return LinuxFiles.RESOLVE_NO_MAGICLINKS
                | switch (symlinks) {
                    case FOLLOW -> 0;
                    case INSIDE -> LinuxFiles.RESOLVE_BENEATH;
                    case DENY -> LinuxFiles.RESOLVE_BENEATH | LinuxFiles.RESOLVE_NO_SYMLINKS;
                };
    }

    /** What a path leads to, not opened for its bytes. */
    Descriptor find(VirtualPath path) throws StorageException {
        return open(path, LinuxFiles.O_PATH);
    }

    Descriptor findDirectory(VirtualPath path) throws StorageException {
        return open(path, LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY);
    }

    Descriptor open(VirtualPath path, long flags) throws StorageException {
        long result = tryOpen(path, flags, resolveFlags);
        if (result < 0) {
            throw failure(result, path);
        }
        return new Descriptor((int) result);
    }

    /** Like {@link #find}, with the kernel's result. */
    long tryFind(VirtualPath path) throws StorageException {
        return tryOpen(path, LinuxFiles.O_PATH, resolveFlags);
    }

    /** Like {@link #tryFind}, but never out of the home, and through links inside even where they are not to be followed. */
    long tryFindInside(VirtualPath path) throws StorageException {
        return tryOpen(path, LinuxFiles.O_PATH, resolveFlags(SymlinkPolicy.INSIDE));
    }

    private long tryOpen(VirtualPath path, long flags, long resolve) throws StorageException {
        try (Descriptor home = open()) {
            return LinuxFiles.openBeneath(home, path.relative(), flags, resolve);
        }
    }

    /** The home's directory itself. */
    Descriptor open() throws StorageException {
        long opened = LinuxFiles.open(directory.toString(), LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY);
        if (opened < 0) {
            throw Errno.exception(opened, "the home directory");
        }
        return new Descriptor((int) opened);
    }

    /** Why a path couldn't be resolved. */
    static StorageException failure(long result, VirtualPath path) {
        return result == -ErrorNumber.EXDEV
                ? StorageException.of(Kind.OUTSIDE_HOME, path)
                : Errno.exception(result, path);
    }
}
