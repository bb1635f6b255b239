package dev.zeroftpd.storage.linux;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileNumbers;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.MovedHome;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves the paths of one session's home, or of a folder in it, beneath its directory. Thread-safe.
 *
 * <p>The directory is opened for each operation (2 µs) rather than once: idle sessions hold no descriptor. It has to be the
 * one that had the home's name at login: an account or local user that may rename directories on the way, or put links
 * there, would otherwise move a running session to any place.
 */
final class LinuxHome {

    private static final Logger LOG = LoggerFactory.getLogger(LinuxHome.class);

    private final String directory;
    private final VirtualPath at;
    private final long resolveFlags;
    private final MovedHome moved;
    private volatile @Nullable Reached atLogin;

    /**
     * A home that can't be opened now is the directory that is opened first.
     *
     * @param at the virtual path of the directory, which all paths begin with
     */
    LinuxHome(Path directory, VirtualPath at, SymlinkPolicy symlinks) {
        this.directory = directory.toString();
        this.at = at;
        this.resolveFlags = resolveFlags(symlinks);
        this.moved = new MovedHome(directory, at);
        try {
            open().close();
        } catch (StorageException absent) {
            LOG.debug("The home {} can't be opened yet", directory, absent);
        }
    }

    /**
     * Which directory it was.
     *
     * @param numbers how far {@code device} and {@code inode} tell
     * @param realPath the path to it without links, where that has to tell; else empty
     * @param local whether its file system is this machine's and no program's
     */
    private record Reached(long device, long inode, FileNumbers numbers, String realPath, boolean local) {}

    private static long resolveFlags(SymlinkPolicy symlinks) {
        // The links in /proc lead into other processes' files and are never what a home's owner meant.
        return LinuxFiles.RESOLVE_NO_MAGICLINKS
                | switch (symlinks) {
                    case FOLLOW -> 0;
                    case INSIDE -> LinuxFiles.RESOLVE_BENEATH;
                    case DENY -> LinuxFiles.RESOLVE_BENEATH | LinuxFiles.RESOLVE_NO_SYMLINKS;
                };
    }

    /** Whether a path is that of the directory itself. */
    boolean isTop(VirtualPath path) {
        return path.equals(at);
    }

    /** The virtual path of the directory itself. */
    VirtualPath top() {
        return at;
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
            return LinuxFiles.openBeneath(home, path.relativeTo(at), flags, resolve);
        }
    }

    /**
     * The home's directory itself.
     *
     * @throws StorageException NOT_PERMITTED if its name leads to another directory than at login
     */
    Descriptor open() throws StorageException {
        long opened = LinuxFiles.open(directory, LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY);
        if (opened < 0) {
            throw Errno.exception(opened, at.isRoot() ? "the home directory" : at.text());
        }
        Descriptor found = new Descriptor((int) opened);
        try {
            requireSame(found);
            return found;
        } catch (StorageException | RuntimeException refused) {
            found.close();
            throw refused;
        }
    }

    private void requireSame(Descriptor found) throws StorageException {
        FileStatus now = LinuxMetadata.known(LinuxFiles.identity(found), at);
        Reached then = atLogin;
        if (then == null) {
            atLogin = reached(found, now);
        } else if (then.device() != now.device() || then.inode() != now.inode()) {
            requireMountedAnew(found, now, then);
        }
    }

    private static Reached reached(Descriptor found, FileStatus status) {
        FileNumbers numbers = FileNumbers.of(found);
        String realPath =
                numbers == FileNumbers.LASTING ? "" : LinuxFiles.realPath(found).orElse("");
        return new Reached(status.device(), status.inode(), numbers, realPath, FileNumbers.areLocal(found));
    }

    /** Where the numbers of a directory don't last, it is at least reached as it was: through no link that is new. */
    private void requireMountedAnew(Descriptor found, FileStatus now, Reached then) throws StorageException {
        Reached next = reached(found, now);
        boolean hasItsNumber = switch (then.numbers()) {
            case LASTING -> false;
            case OF_THE_MOUNT -> then.inode() == next.inode();
            case PASSING -> true;
        };
        boolean sameWay = next.numbers() == then.numbers() && next.realPath().equals(then.realPath());
        if (!hasItsNumber || !sameWay) {
            throw moved.refusal();
        }
        atLogin = next;
    }

    boolean isLocal() {
        Reached then = atLogin;
        return then != null && then.local();
    }

    /** Why a path couldn't be resolved. */
    StorageException failure(long result, VirtualPath path) {
        if (result != -ErrorNumber.EXDEV) {
            return Errno.exception(result, path);
        }
        return at.isRoot()
                ? StorageException.of(Kind.OUTSIDE_HOME, path)
                : StorageException.because(Kind.OUTSIDE_HOME, path, "leads out of the folder " + at);
    }
}
