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
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link LocalFtpFile} and {@link ProviderFtpFile} have in common: FtpServer's view of one path, in terms of
 * {@link Storage}. Used by one session; immutable.
 *
 * <p>FtpServer's file interface answers failures with false: the reason goes to the log. The commands of this server
 * use {@link Storage} itself, which tells.
 *
 * @param known the metadata, if the file comes from a listing; otherwise each question asks the file system
 */
record StoredFile(
        Storage storage,
        VirtualPath path,
        User user,
        PartialFiles partials,
        @Nullable Metadata known) {

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

    boolean isWritable() {
        return mayBeWrittenByUser()
                && (storage.isAccessible(path, Access.WRITE) || metadata().isEmpty());
    }

    boolean isRemovable() {
        return !path.isRoot() && mayBeWrittenByUser() && storage.isAccessible(path.parent(), Access.WRITE);
    }

    boolean mayBeWrittenByUser() {
        return user.authorize(new WriteRequest(path.text())) != null;
    }

    boolean setLastModified(long millis) {
        return mayBeWrittenByUser()
                && succeeds("set the time of", () -> storage.setModified(path, Instant.ofEpochMilli(millis)));
    }

    boolean createDirectory() {
        return mayBeWrittenByUser() && succeeds("create", () -> storage.createDirectory(path));
    }

    boolean delete() {
        return isRemovable()
                && succeeds("delete", () -> {
                    if (storage.entry(path).isDirectory()) {
                        partials.removeDirectory(path);
                    } else {
                        partials.delete(path);
                    }
                });
    }

    boolean moveTo(FtpFile destination) {
        StoredFile target = switch (destination) {
            case LocalFtpFile local -> local.stored();
            case ProviderFtpFile other -> other.stored();
            default -> null;
        };
        return target != null
                && target.storage().equals(storage)
                && mayBeWrittenByUser()
                && target.mayBeWrittenByUser()
                && succeeds("rename", () -> storage.rename(path, target.path()));
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
                            user,
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

    OutputStream outputStream(long offset) throws IOException {
        if (!mayBeWrittenByUser()) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, path);
        }
        WriteMode mode = offset == 0 ? WriteMode.CREATE_OR_TRUNCATE : WriteMode.AT_OFFSET;
        return Channels.newOutputStream(
                storage.openForWriting(path, mode, offset).channel());
    }

    InputStream inputStream(long offset) throws IOException {
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

    @FunctionalInterface
    private interface StorageOperation {
        void run() throws IOException;
    }
}
