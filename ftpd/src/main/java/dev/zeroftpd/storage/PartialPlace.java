package dev.zeroftpd.storage;

import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.util.Optional;

/**
 * The home that partial files are in, and what all its uploads share. Thread-safe.
 *
 * @param home tells homes apart on file systems that don't number their files
 */
record PartialPlace(Storage storage, UploadContext context, String home) {

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
        return hold(file).orElseThrow(() -> StorageException.of(Kind.BUSY, target));
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
