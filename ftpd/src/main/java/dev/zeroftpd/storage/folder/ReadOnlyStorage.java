package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Place;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A folder in which an account may change nothing, whatever the server's process may: all is refused here, and no mode shows
 * that any user could write. Thread-safe.
 */
record ReadOnlyStorage(Storage storage) implements Storage {

    private static final int WRITE_BITS = 0222;

    private static StorageException refused(VirtualPath path) {
        return StorageException.because(Kind.NOT_PERMITTED, path, "is in a folder that is read-only");
    }

    private static Metadata shown(Metadata found) {
        return (found.mode() & WRITE_BITS) == 0 || found.isLink() ? found : found.withMode(found.mode() & ~WRITE_BITS);
    }

    @Override
    public FileSource openForReading(VirtualPath path) throws IOException {
        return storage.openForReading(path);
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        throw refused(path);
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        return shown(storage.metadata(path));
    }

    @Override
    public Metadata entry(VirtualPath path) throws IOException {
        return shown(storage.entry(path));
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        return shown(storage.listed(path));
    }

    @Override
    public boolean isAccessible(VirtualPath path, Access access) {
        return access != Access.WRITE && storage.isAccessible(path, access);
    }

    @Override
    public void requireWritable(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
        return new Shown(storage.list(directory, wanted));
    }

    private record Shown(DirectoryListing listing) implements DirectoryListing {

        @Override
        public Optional<DirectoryEntry> next() throws IOException {
            return listing.next().map(entry -> new DirectoryEntry(entry.name(), shown(entry.metadata())));
        }

        @Override
        public boolean hasSeenAll() {
            return listing.hasSeenAll();
        }

        @Override
        public void close() throws IOException {
            listing.close();
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void removeDirectory(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws IOException {
        throw refused(from);
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws IOException {
        throw refused(from);
    }

    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        throw refused(from);
    }

    @Override
    public boolean isReadOnly(VirtualPath path) {
        return true;
    }

    @Override
    public Place place(String home, VirtualPath path) {
        return storage.place(home, path);
    }

    @Override
    public boolean inherit(VirtualPath heir, VirtualPath from) throws IOException {
        throw refused(heir);
    }

    @Override
    public void forceDirectory(VirtualPath directory) throws IOException {
        storage.forceDirectory(directory);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws IOException {
        throw refused(path);
    }

    @Override
    public void copyAttributes(VirtualPath from, VirtualPath to) throws IOException {
        throw refused(to);
    }

    @Override
    public void setPermissions(VirtualPath path, int mode) throws IOException {
        throw refused(path);
    }

    @Override
    public OptionalInt umask() {
        return storage.umask();
    }

    @Override
    public void setUmask(int umask) {
        storage.setUmask(umask);
    }

    @Override
    public boolean isLocal() {
        return storage.isLocal();
    }

    /** None: not a byte may be written. */
    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        storage.metadata(path);
        return 0;
    }
}
