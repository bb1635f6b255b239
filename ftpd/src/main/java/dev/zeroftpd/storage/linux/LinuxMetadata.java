package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.AccountNames;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.time.Instant;
import java.util.Optional;

/** The kernel's answers in terms of {@code storage}. Stateless; any thread. */
final class LinuxMetadata {

    private LinuxMetadata() {}

    /**
     * The status that was asked for.
     *
     * @param path for the message
     * @throws StorageException if it couldn't be read
     */
    static FileStatus known(LinuxFiles.Status status, VirtualPath path) throws StorageException {
        return switch (status) {
            case LinuxFiles.Status.Known known -> known.file();
            case LinuxFiles.Status.Unknown unknown -> throw Errno.exception(unknown.result(), path);
        };
    }

    static Metadata of(FileStatus status, AccountNames names) {
        Metadata.Kind kind = status.isRegular()
                ? Metadata.Kind.FILE
                : status.isDirectory() ? Metadata.Kind.DIRECTORY : Metadata.Kind.OTHER;
        return new Metadata(
                kind,
                status.size(),
                Instant.ofEpochSecond(status.modifiedSeconds(), status.modifiedNanos()),
                status.hasCreated()
                        ? Optional.of(Instant.ofEpochSecond(status.createdSeconds(), status.createdNanos()))
                        : Optional.empty(),
                names.user(status.user()),
                names.group(status.group()),
                kind == Metadata.Kind.OTHER ? status.typeAndMode() : status.typeAndMode() & 07777,
                status.links(),
                status.device(),
                status.inode());
    }

    /** The access that the kernel is asked about. */
    static long asked(Access access) {
        return switch (access) {
            case READ -> LinuxFiles.R_OK;
            case WRITE -> LinuxFiles.W_OK;
            case EXECUTE -> LinuxFiles.X_OK;
        };
    }
}
