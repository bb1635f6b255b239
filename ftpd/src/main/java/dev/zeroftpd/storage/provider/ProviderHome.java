package dev.zeroftpd.storage.provider;

import dev.zeroftpd.storage.MovedHome;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one session's home. Thread-safe.
 *
 * <p>On this machine's own file system it has to be the one that had the home's name at login: a local user who may rename
 * directories on the way, or put links there, would otherwise move a running session to any place.
 */
final class ProviderHome {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderHome.class);

    /** Those that give a directory another number when they are mounted anew, or when they like. */
    private static final Pattern PASSING_NUMBERS =
            Pattern.compile("(nfs|cifs|smb|fuse|macfuse|osxfuse|9p|ceph|afs|lustre|vfat|msdos|exfat|overlay|vboxsf).*");

    private final Path directory;
    private final VirtualPath at;
    private final boolean local;
    private final MovedHome moved;
    private volatile @Nullable Reached atLogin;

    /**
     * A home that can't be looked at now is the directory that is found first.
     *
     * @param at the virtual path of the directory, which all paths begin with
     */
    ProviderHome(Path directory, VirtualPath at) {
        this.directory = directory;
        this.at = at;
        this.moved = new MovedHome(directory, at);
        this.local = directory.getFileSystem().equals(FileSystems.getDefault());
        try {
            directory();
        } catch (StorageException absent) {
            LOG.debug("The home {} can't be looked at yet", directory, absent);
        }
    }

    /**
     * Which directory it was.
     *
     * @param key null where the file system doesn't number its files
     */
    private record Reached(@Nullable Object key, Path realPath) {}

    /** The virtual path of the directory itself. */
    VirtualPath top() {
        return at;
    }

    /**
     * Where the home is.
     *
     * @throws StorageException NOT_PERMITTED if its name leads to another directory than at login
     */
    Path directory() throws StorageException {
        if (local) {
            try {
                requireSame();
            } catch (IOException failed) {
                throw ProviderErrors.exception(failed, at);
            }
        }
        return directory;
    }

    private void requireSame() throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        Reached then = atLogin;
        if (then == null) {
            atLogin = new Reached(key, directory.toRealPath());
        } else if (then.key() != null && !then.key().equals(key)) {
            requireMountedAnew(then, key);
        }
    }

    private void requireMountedAnew(Reached then, @Nullable Object key) throws IOException {
        if (!passesNumbers(Files.getFileStore(directory).type())
                || !directory.toRealPath().equals(then.realPath())) {
            throw moved.refusal();
        }
        atLogin = new Reached(key, then.realPath());
    }

    /** @param type the name of a kind of file system, as {@link java.nio.file.FileStore#type} gives it */
    static boolean passesNumbers(String type) {
        return PASSING_NUMBERS.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }
}
