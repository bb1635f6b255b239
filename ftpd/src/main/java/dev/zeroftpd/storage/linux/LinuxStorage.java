package dev.zeroftpd.storage.linux;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.os.ProcessUmask;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A home on Linux, confined by the kernel. Thread-safe.
 *
 * <p>A path is resolved by one {@code openat2(2)} with O_PATH: no test that something could change before the use. Changes
 * of a directory happen relative to the directory so found, on a last segment that is never followed.
 */
public final class LinuxStorage implements Storage {

    private static final int PERMISSIONS = 0777;

    private final LinuxHome home;
    private final LinuxOpening files;
    private final StorageContext context;
    private volatile int umask;
    private final LinuxLinks links;

    public LinuxStorage(Path home, StorageContext context) {
        this(home, VirtualPath.ROOT, context);
    }

    /**
     * A folder within a home.
     *
     * @param at its virtual path, which all paths begin with
     */
    public LinuxStorage(Path home, VirtualPath at, StorageContext context) {
        this.home = new LinuxHome(home, at, context.symlinks());
        this.files = new LinuxOpening(this.home, context);
        this.context = context;
        this.umask = context.umask();
        this.links = new LinuxLinks(this.home, context);
    }

    @Override
    public boolean isLocal() {
        return home.isLocal();
    }

    @Override
    public FileSource openForReading(VirtualPath path) throws IOException {
        return files.read(path);
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        return files.write(path, mode, offset, umask);
    }

    @Override
    public Metadata metadata(VirtualPath path) throws StorageException {
        try (Descriptor found = home.find(path)) {
            return LinuxMetadata.of(LinuxMetadata.known(LinuxFiles.status(found), path), context.names());
        }
    }

    @Override
    public Metadata entry(VirtualPath path) throws StorageException {
        if (home.isTop(path)) {
            return metadata(path);
        }
        try (Descriptor parent = home.findDirectory(path.parent())) {
            FileStatus own = LinuxMetadata.known(LinuxFiles.status(parent, path.name()), path);
            return own.isSymbolicLink()
                    ? links.metadata(parent, path.parent(), path.name(), own)
                    : LinuxMetadata.of(own, context.names());
        }
    }

    @Override
    public Metadata listed(VirtualPath path) throws StorageException {
        return context.listLinks() == LinkListing.LINK ? entry(path) : metadata(path);
    }

    @Override
    public boolean isAccessible(VirtualPath path, Access access) {
        try (Descriptor found = home.find(path)) {
            return LinuxFiles.access(found, LinuxMetadata.asked(access)) == 0;
        } catch (StorageException absent) {
            return false;
        }
    }

    @Override
    public void requireWritable(VirtualPath path) throws StorageException {
        try (Descriptor found = home.find(path)) {
            check(LinuxFiles.access(found, LinuxFiles.W_OK), path);
        }
    }

    @Override
    public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
        Descriptor opened = home.open(directory, LinuxFiles.O_RDONLY | LinuxFiles.O_DIRECTORY);
        return new LinuxDirectoryListing(links, directory, opened, context.names(), wanted);
    }

    @Override
    public void createDirectory(VirtualPath path) throws StorageException {
        if (home.isTop(path)) {
            throw StorageException.of(Kind.EXISTS, path);
        }
        try (Descriptor parent = home.findDirectory(path.parent())) {
            int permissions = 0777 & ~umask;
            check(LinuxFiles.createDirectory(parent, path.name(), permissions), path);
            if (ProcessUmask.takesFrom(permissions)) {
                giveBack(parent, path.name(), permissions);
            }
        }
    }

    /** What the kernel put above the permissions stays: the parent's set-group-ID bit is inherited. */
    private static void giveBack(Descriptor parent, String leaf, int permissions) {
        long flags = LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY | LinuxFiles.O_NOFOLLOW;
        long found = LinuxFiles.openBeneath(parent, leaf, flags, LinuxFiles.RESOLVE_BENEATH);
        if (found >= 0) {
            try (Descriptor made = new Descriptor((int) found)) {
                if (LinuxFiles.status(made) instanceof LinuxFiles.Status.Known(FileStatus status)) {
                    LinuxFiles.setPermissions(made, (status.typeAndMode() & 07000) | permissions);
                }
            }
        }
    }

    @Override
    public void removeDirectory(VirtualPath path) throws StorageException {
        requireNotHome(path);
        try (Descriptor parent = home.findDirectory(path.parent())) {
            check(LinuxFiles.removeDirectory(parent, path.name()), path);
        }
    }

    @Override
    public void delete(VirtualPath path) throws StorageException {
        requireNotHome(path);
        try (Descriptor parent = home.findDirectory(path.parent())) {
            check(LinuxFiles.remove(parent, path.name()), path);
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        move(from, Optional.empty(), this, to, false);
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws StorageException {
        move(from, Optional.empty(), this, to, true);
    }

    @Override
    public void rename(FileIdentity seen, VirtualPath from, VirtualPath to, boolean replaces) throws StorageException {
        move(from, Optional.of(seen), this, to, replaces);
    }

    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        if (other instanceof LinuxStorage target) {
            move(from, Optional.empty(), target, to, replaces);
        } else {
            other.renameFrom(this, from, to, replaces);
        }
    }

    @Override
    public void renameFrom(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws StorageException {
        if (!(other instanceof LinuxStorage source)) {
            throw StorageException.of(Kind.ANOTHER_FILE_SYSTEM, to);
        }
        source.move(from, Optional.empty(), this, to, replaces);
    }

    private void move(
            VirtualPath from, Optional<FileIdentity> seen, LinuxStorage target, VirtualPath to, boolean mayReplace)
            throws StorageException {
        requireNotHome(from);
        target.requireNotHome(to);
        try (Descriptor fromParent = home.findDirectory(from.parent());
                Descriptor toParent = target.home.findDirectory(to.parent())) {
            if (seen.isPresent()) {
                requireSame(seen.get(), LinuxMetadata.known(LinuxFiles.status(fromParent, from.name()), from), from);
            }
            long result = LinuxFiles.rename(fromParent, from.name(), toParent, to.name(), mayReplace);
            if (result == -ErrorNumber.EINVAL && !mayReplace && !to.startsWith(from)) {
                // A file system that can't refuse by itself (NFS, for one): look, then rename.
                boolean exists = LinuxFiles.status(toParent, to.name()) instanceof LinuxFiles.Status.Known;
                result = exists
                        ? -ErrorNumber.EEXIST
                        : LinuxFiles.rename(fromParent, from.name(), toParent, to.name(), true);
            }
            check(result, result == -ErrorNumber.ENOENT ? from : to);
        }
    }

    /** Its directory is open: no rename above can come between this look and what follows. */
    private static void requireSame(FileIdentity seen, FileStatus there, VirtualPath path) throws StorageException {
        if (there.device() != seen.device() || there.inode() != seen.inode()) {
            throw StorageException.of(Kind.BUSY, path);
        }
    }

    @Override
    public boolean inherit(VirtualPath heir, VirtualPath from) throws StorageException {
        try (Descriptor parent = home.findDirectory(from.parent())) {
            FileStatus entry = LinuxMetadata.known(LinuxFiles.status(parent, from.name()), from);
            if (entry.isSymbolicLink()) {
                return false;
            }
        }
        try (Descriptor old = home.find(from);
                Descriptor next = home.find(heir)) {
            return LinuxAttributes.copy(old, next);
        }
    }

    @Override
    public void forceDirectory(VirtualPath directory) throws IOException {
        try (Descriptor found = home.findDirectory(directory);
                FileChannel opened = LinuxOpening.reopen(found, directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        try (Descriptor found = home.find(path)) {
            LinuxTimes.set(found, modified, path);
        }
    }

    @Override
    public void copyAttributes(VirtualPath from, VirtualPath to) throws StorageException {
        try (Descriptor source = home.find(from);
                Descriptor target = home.find(to)) {
            MovedAttributes.copy(source, LinuxMetadata.known(LinuxFiles.status(source), from), target);
        }
    }

    @Override
    public void setPermissions(VirtualPath path, int mode) throws StorageException {
        try (Descriptor found = home.find(path)) {
            long result = LinuxFiles.setPermissions(found, mode & PERMISSIONS);
            if (result < 0) {
                throw LinuxOwner.refused(result, found, path);
            }
        }
    }

    @Override
    public OptionalInt umask() {
        return OptionalInt.of(umask);
    }

    @Override
    public void setUmask(int newUmask) {
        umask = newUmask;
    }

    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        try (Descriptor found = home.find(path)) {
            return Files.getFileStore(found.path()).getUsableSpace();
        }
    }

    private void requireNotHome(VirtualPath path) throws StorageException {
        if (home.isTop(path)) {
            throw StorageException.of(Kind.NOT_PERMITTED, path);
        }
    }

    private static void check(long result, VirtualPath path) throws StorageException {
        if (result < 0) {
            throw Errno.exception(result, path);
        }
    }
}
