package dev.zeroftpd.storage.provider;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.ProviderErrors;
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
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A home in any NIO.2 file system, confined by {@link WalkingResolver}: homes on other providers everywhere, and local
 * ones where the kernel has no {@code openat2(2)}. Thread-safe.
 */
public final class ProviderStorage implements Storage {

    /** FAT and zip files count every second second. */
    private static final long COARSEST_SECONDS = 2;

    private final VirtualPath top;
    private final WalkingResolver resolver;
    private final StorageContext context;
    private final ProviderLinks links;
    private final ProviderFiles files;
    private final boolean local;
    private final boolean posix;
    private volatile int umask;

    public ProviderStorage(Path home, StorageContext context) {
        this(home, VirtualPath.ROOT, context);
    }

    /**
     * A folder within a home.
     *
     * @param at its virtual path, which all paths begin with
     */
    public ProviderStorage(Path home, VirtualPath at, StorageContext context) {
        ProviderHome opened = new ProviderHome(home, at);
        this.top = at;
        this.resolver = new WalkingResolver(opened, context.symlinks());
        this.context = context;
        this.umask = context.umask();
        this.links = new ProviderLinks(opened, this, context);
        this.local = home.getFileSystem().equals(FileSystems.getDefault());
        this.posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.files = new ProviderFiles(local, posix, context);
    }

    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public FileSource openForReading(VirtualPath path) throws IOException {
        return translating(path, () -> files.forReading(resolver.resolve(path), path));
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        return translating(path, () -> files.forWriting(resolver.resolve(path), path, mode, offset, umask));
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        return translating(path, () -> ProviderAttributes.read(resolver.resolve(path)));
    }

    @Override
    public Metadata entry(VirtualPath path) throws IOException {
        return path.equals(top)
                ? metadata(path)
                : translating(path, () -> links.metadata(resolver.resolveEntry(path), path));
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        return context.listLinks() == LinkListing.LINK ? entry(path) : metadata(path);
    }

    @Override
    public boolean isAccessible(VirtualPath path, Access access) {
        AccessMode mode = switch (access) {
            case READ -> AccessMode.READ;
            case WRITE -> AccessMode.WRITE;
            case EXECUTE -> AccessMode.EXECUTE;
        };
        try {
            Path file = resolver.resolve(path);
            if (access == Access.EXECUTE && !posix) {
                return Files.exists(file);
            }
            file.getFileSystem().provider().checkAccess(file, mode);
            return true;
        } catch (IOException | UnsupportedOperationException refused) {
            return false;
        }
    }

    @Override
    public void requireWritable(VirtualPath path) throws IOException {
        translating(path, () -> {
            Path file = resolver.resolve(path);
            file.getFileSystem().provider().checkAccess(file, AccessMode.WRITE);
            return file;
        });
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the listing closes it
    public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
        return translating(directory, () -> {
            DirectoryStream<Path> stream = Files.newDirectoryStream(resolver.resolve(directory));
            try {
                return new ProviderDirectoryListing(links, directory, stream, wanted);
            } catch (IOException failed) {
                stream.close();
                throw failed;
            }
        });
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        if (path.equals(top)) {
            throw StorageException.of(Kind.EXISTS, path);
        }
        translating(path, () -> {
            Path created = Files.createDirectory(resolver.resolveEntry(path));
            if (posix) {
                Files.setPosixFilePermissions(created, ProviderAttributes.permissions(0777 & ~umask));
            }
            return created;
        });
    }

    @Override
    public void removeDirectory(VirtualPath path) throws IOException {
        remove(path, true);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        remove(path, false);
    }

    private void remove(VirtualPath path, boolean directory) throws IOException {
        translating(path, () -> {
            Path entry = resolver.resolveEntry(path);
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory() != directory) {
                throw StorageException.of(directory ? Kind.NOT_A_DIRECTORY : Kind.NOT_A_FILE, path);
            }
            Files.delete(entry);
            return entry;
        });
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws IOException {
        move(from, this, to, false);
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws IOException {
        move(from, this, to, true);
    }

    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        if (other instanceof ProviderStorage target) {
            target.renameFrom(this, from, to, replaces);
        } else {
            other.renameFrom(this, from, to, replaces);
        }
    }

    @Override
    public void renameFrom(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        if (!(other instanceof ProviderStorage source) || !local || !source.local) {
            throw StorageException.of(Kind.ANOTHER_FILE_SYSTEM, to);
        }
        source.move(from, this, to, replaces);
    }

    private void move(VirtualPath from, ProviderStorage into, VirtualPath to, boolean replaces) throws IOException {
        translating(from, () -> {
            Path target = into.resolver.resolveEntry(to);
            if (!replaces && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw StorageException.of(Kind.EXISTS, to);
            }
            if (replaces && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw StorageException.of(Kind.NOT_A_FILE, to);
            }
            Path source = resolver.resolveEntry(from);
            return local || replaces ? moveAtOnce(source, target, to) : Files.move(source, target);
        });
    }

    /**
     * Java would copy from one local file system to another, on this thread and in full view. Other providers may know no
     * move in one step, or don't take an existing file's place in it.
     */
    private Path moveAtOnce(Path source, Path target, VirtualPath to) throws IOException {
        try {
            return Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException notHere) {
            if (local) {
                throw StorageException.of(Kind.ANOTHER_FILE_SYSTEM, to, notHere);
            }
        } catch (FileAlreadyExistsException taken) {
            if (local) {
                throw taken;
            }
        }
        return Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean inherit(VirtualPath heir, VirtualPath from) throws IOException {
        return translating(from, () -> {
            boolean link = Files.isSymbolicLink(resolver.resolveEntry(from));
            return !link && ProviderInheritance.copy(resolver.resolve(from), resolver.resolve(heir));
        });
    }

    /** Only the local file system is known to have directories that can be opened, and Windows has none. */
    @Override
    public void forceDirectory(VirtualPath directory) throws IOException {
        if (local && posix) {
            translating(directory, () -> {
                try (FileChannel opened = FileChannel.open(resolver.resolve(directory), StandardOpenOption.READ)) {
                    opened.force(true);
                    return opened;
                }
            });
        }
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws IOException {
        translating(path, () -> {
            Path file = resolver.resolve(path);
            FileTime before = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, FileTime.from(modified));
            long stored = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
            if (Math.abs(stored - modified.getEpochSecond()) > COARSEST_SECONDS) {
                Files.setLastModifiedTime(file, before);
                throw new StorageException(
                        Kind.UNSUPPORTED,
                        path + ": this file system can't hold that time; the nearest is "
                                + Instant.ofEpochSecond(stored));
            }
            return file;
        });
    }

    @Override
    public void copyAttributes(VirtualPath from, VirtualPath to) throws IOException {
        if (posix) {
            translating(
                    to,
                    () -> Files.setPosixFilePermissions(
                            resolver.resolve(to), Files.getPosixFilePermissions(resolver.resolve(from))));
        }
    }

    @Override
    public void setPermissions(VirtualPath path, int mode) throws IOException {
        translating(path, () -> {
            Path file = resolver.resolve(path);
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                throw new StorageException(Kind.UNSUPPORTED, path + ": this file system has no permissions");
            }
            view.setPermissions(ProviderAttributes.permissions(mode));
            return file;
        });
    }

    @Override
    public OptionalInt umask() {
        return posix ? OptionalInt.of(umask) : OptionalInt.empty();
    }

    @Override
    public void setUmask(int newUmask) {
        umask = newUmask;
    }

    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        return translating(path, () -> usableSpace(resolver.resolve(path)));
    }

    /** Stores of objects often have no file store, or one that knows no space. */
    private static long usableSpace(Path file) throws IOException {
        try {
            @Nullable FileStore store = Files.getFileStore(file);
            return store == null ? UNKNOWN_SPACE : store.getUsableSpace();
        } catch (UnsupportedOperationException unknown) {
            return UNKNOWN_SPACE;
        }
    }

    private static <T> T translating(VirtualPath path, FileOperation<T> operation) throws StorageException {
        try {
            return operation.run();
        } catch (IOException failed) {
            throw ProviderErrors.exception(failed, path);
        } catch (ReadOnlyFileSystemException refused) {
            throw StorageException.of(Kind.NOT_PERMITTED, path, refused);
        } catch (UnsupportedOperationException refused) {
            throw StorageException.of(Kind.UNSUPPORTED, path, refused);
        }
    }

    @FunctionalInterface
    private interface FileOperation<T> {
        T run() throws IOException;
    }
}
