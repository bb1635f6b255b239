package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
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

    /** What is done with a file that no upload writes to. */
    @FunctionalInterface
    public interface Work {
        /** Returns whether it was done. */
        boolean run() throws IOException;
    }

    /**
     * Runs {@code work} while no upload can write to a file or take its place.
     *
     * @param identity empty where the file system doesn't number its files: then only the name is reserved
     * @return false if it was not done, also because an upload has the file
     */
    public boolean ifFree(VirtualPath file, Optional<FileIdentity> identity, Work work) throws IOException {
        Optional<ActiveUploads.Hold> held =
                identity.isPresent() ? context.active().hold(identity.get()) : hold(file);
        if (held.isEmpty()) {
            return false;
        }
        try (ActiveUploads.Hold _ = held.get()) {
            return work.run();
        }
    }

    /**
     * Reserves a file, which need not exist, for an upload of {@code target}.
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

    /**
     * Where programs find a file, which stays true until {@code held} is closed: could its directories be renamed meanwhile, they
     * would read another.
     *
     * @throws StorageException BUSY if one is being renamed right now
     */
    Optional<String> pathForPrograms(WritableFile file, VirtualPath target, Holds held) throws StorageException {
        Optional<String> path = file.pathForPrograms();
        held.add(context.active().keep(file.directoriesAbove()));
        if (!file.pathForPrograms().equals(path)) {
            throw StorageException.of(Kind.BUSY, target);
        }
        return path;
    }

    /** @throws StorageException BUSY if what is in the directory is being read by a program */
    void requireMovable(Metadata directory, VirtualPath path) throws StorageException {
        Optional<FileIdentity> identity = FileIdentity.of(directory);
        if (identity.isPresent() && context.active().isKept(identity.get())) {
            throw new StorageException(Kind.BUSY, path + ": an upload in it is being checked; try again later");
        }
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
