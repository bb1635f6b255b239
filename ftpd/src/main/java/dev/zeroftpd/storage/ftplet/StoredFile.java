package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.upload.PartialFiles;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FtpServer's view of one path, in terms of {@link Storage}: a file in any home; of local ones {@link LocalFtpFile} has to
 * be around it. Used by one session; immutable.
 *
 * <p>FtpServer's file interface answers failures with false: the reason goes to the log. The commands of this server
 * use {@link Storage} itself, which tells.
 *
 * @param known the metadata, if the file comes from a listing; otherwise each question asks the file system
 */
record StoredFile(
        Storage storage,
        VirtualPath path,
        SessionRights rights,
        PartialFiles partials,
        @Nullable Metadata known) implements FtpFile {

    private static final Logger LOG = LoggerFactory.getLogger(StoredFile.class);

    Optional<Metadata> metadata() {
        if (known != null) {
            return Optional.of(known);
        }
        try {
            return Optional.of(storage.metadata(path));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    @Override
    public String getAbsolutePath() {
        return path.text();
    }

    @Override
    public String getName() {
        return path.isRoot() ? "/" : path.name();
    }

    /** The virtual path: there is no file on this machine to name. */
    @Override
    public Object getPhysicalFile() {
        return path;
    }

    @Override
    public boolean isHidden() {
        return path.name().startsWith(".");
    }

    @Override
    public boolean isDirectory() {
        return metadata().map(Metadata::isDirectory).orElse(false);
    }

    @Override
    public boolean isFile() {
        return metadata().map(Metadata::isFile).orElse(false);
    }

    @Override
    public boolean doesExist() {
        return metadata().isPresent();
    }

    @Override
    public boolean isReadable() {
        return storage.isAccessible(path, Access.READ);
    }

    @Override
    public String getOwnerName() {
        return metadata().map(Metadata::owner).orElse("user");
    }

    @Override
    public String getGroupName() {
        return metadata().map(Metadata::group).orElse("group");
    }

    @Override
    public int getLinkCount() {
        return metadata().map(found -> (int) found.links()).orElse(1);
    }

    @Override
    public long getLastModified() {
        return metadata().map(found -> found.modified().toEpochMilli()).orElse(0L);
    }

    @Override
    public long getSize() {
        return metadata().map(Metadata::size).orElse(0L);
    }

    @Override
    public boolean isWritable() {
        return mayBeWrittenByUser()
                && (storage.isAccessible(path, Access.WRITE) || metadata().isEmpty());
    }

    @Override
    public boolean isRemovable() {
        return !path.isRoot() && mayBeWrittenByUser() && storage.isAccessible(path.parent(), Access.WRITE);
    }

    boolean mayBeWrittenByUser() {
        return rights.changeAt(path) && !storage.isReadOnly(path);
    }

    @Override
    public boolean setLastModified(long millis) {
        return mayBeWrittenByUser()
                && succeeds("set the time of", () -> storage.setModified(path, Instant.ofEpochMilli(millis)));
    }

    @Override
    public boolean mkdir() {
        return mayBeWrittenByUser() && succeeds("create", () -> storage.createDirectory(path));
    }

    @Override
    public boolean delete() {
        return isRemovable()
                && succeeds("delete", () -> {
                    if (storage.entry(path).isDirectory()) {
                        partials.removeDirectory(path);
                    } else {
                        partials.delete(path);
                    }
                });
    }

    @Override
    public boolean move(FtpFile destination) {
        StoredFile target = switch (destination) {
            case LocalFtpFile local -> local.stored();
            case StoredFile other -> other;
            default -> null;
        };
        return target != null
                && target.storage().equals(storage)
                && mayBeWrittenByUser()
                && target.mayBeWrittenByUser()
                && succeeds("rename", () -> storage.rename(path, target.path()));
    }

    @Override
    @SuppressWarnings("NullAway") // FtpServer's interface: null if it is no directory
    public @Nullable List<FtpFile> listFiles() {
        return entries().map(List::<FtpFile>copyOf).orElse(null);
    }

    /** In alphabetical order, as FtpServer's interface demands: the whole directory is in memory. */
    Optional<List<StoredFile>> entries() {
        List<StoredFile> entries = new ArrayList<>();
        try (DirectoryListing listing = storage.list(path)) {
            Optional<DirectoryEntry> entry = listing.next();
            while (entry.isPresent()) {
                String name = entry.get().name();
                if (VirtualPath.isNameable(name)) {
                    entries.add(new StoredFile(
                            storage,
                            path.child(name),
                            rights,
                            partials,
                            unlessLink(entry.get().metadata())));
                }
                entry = listing.next();
            }
        } catch (IOException refused) {
            LOG.debug("can't list {}", path, refused);
            return Optional.empty();
        }
        entries.sort(Comparator.comparing(file -> file.path().name()));
        return Optional.of(entries);
    }

    /** FtpServer and Ftplets know no links: their questions are about what a link leads to. */
    private static @Nullable Metadata unlessLink(Metadata listed) {
        return listed.isLink() ? null : listed;
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
        if (!mayBeWrittenByUser()) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, path);
        }
        WriteMode mode = offset == 0 ? WriteMode.CREATE_OR_TRUNCATE : WriteMode.AT_OFFSET;
        return Channels.newOutputStream(
                storage.openForWriting(path, mode, offset).channel());
    }

    @Override
    public InputStream createInputStream(long offset) throws IOException {
        FileSource source = storage.openForReading(path);
        try {
            ReadableByteChannel bytes = source.streamFrom(Math.min(offset, source.size()));
            return new SourceInputStream(source, Channels.newInputStream(bytes));
        } catch (IOException | RuntimeException failed) {
            source.close();
            throw failed;
        }
    }

    private boolean succeeds(String what, StorageOperation operation) {
        try {
            operation.run();
            return true;
        } catch (IOException refused) {
            LOG.debug("can't {} {}", what, path, refused);
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredFile file && file.path.equals(path) && file.storage.equals(storage);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** Not the account, whose password's hash is in it. */
    @Override
    public String toString() {
        return path.text();
    }

    @FunctionalInterface
    private interface StorageOperation {
        void run() throws IOException;
    }
}
