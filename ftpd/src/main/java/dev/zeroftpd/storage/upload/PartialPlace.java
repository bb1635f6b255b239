package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Optional;

/**
 * The home that partial files are in, and what all its uploads share. Thread-safe.
 *
 * @param home tells homes apart on file systems that don't number their files
 */
public record PartialPlace(Storage storage, UploadContext context, String home) {

    private static final ActiveUploads.Hold NOTHING = () -> {};

    /** Reserves a file, which need not exist; empty if another upload has it. */
    Optional<ActiveUploads.Hold> hold(VirtualPath file) throws IOException {
        return context.active().hold(storage, home, file);
    }

    /**
     * The same for an upload of {@code target}.
     *
     * @throws StorageException BUSY if another upload has it
     */
    ActiveUploads.Hold hold(VirtualPath file, VirtualPath target) throws IOException {
        return free(hold(file), target);
    }

    /**
     * Reserves a file that exists, whatever its names.
     *
     * @param file empty where the file system doesn't number its files: then only their names can be reserved
     * @throws StorageException BUSY if another upload has it
     */
    ActiveUploads.Hold hold(Optional<FileIdentity> file, VirtualPath target) throws StorageException {
        return file.isEmpty() ? NOTHING : free(context.active().hold(file.get()), target);
    }

    /** Like {@link #hold(VirtualPath, VirtualPath)}, but waits a little: a finished upload has a thread of its own. */
    ActiveUploads.Hold await(VirtualPath target) throws IOException {
        return free(context.active().await(storage, home, target), target);
    }

    /** Like {@link #hold(Optional, VirtualPath)}, but waits a little. */
    ActiveUploads.Hold await(Optional<FileIdentity> file, VirtualPath target) throws StorageException {
        return file.isEmpty() ? NOTHING : free(context.active().await(file.get()), target);
    }

    private static ActiveUploads.Hold free(Optional<ActiveUploads.Hold> hold, VirtualPath target)
            throws StorageException {
        return hold.orElseThrow(() -> StorageException.of(Kind.BUSY, target));
    }

    boolean isHeld(VirtualPath file) throws IOException {
        return context.active().isHeld(storage, home, file);
    }

    /** What the file system says of a path; empty if there is nothing. */
    Optional<Metadata> entry(VirtualPath path) throws IOException {
        try {
            return Optional.of(storage.metadata(path));
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND || absent.kind() == Kind.NOT_A_DIRECTORY) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    /** The same of a regular file. */
    Optional<Metadata> file(VirtualPath path) throws IOException {
        return entry(path).filter(Metadata::isFile);
    }
}
