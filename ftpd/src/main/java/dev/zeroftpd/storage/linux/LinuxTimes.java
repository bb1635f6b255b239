package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.time.Instant;

/**
 * Sets the time of a file's last change, if its file system can hold it. Stateless; any thread.
 *
 * <p>Linux stores the nearest time that it can and says nothing (ext4 ends in 2446, FAT begins in 1980), so what was stored
 * is read back.
 */
final class LinuxTimes {

    /** FAT counts every second second, and others whole ones. */
    private static final long COARSEST_SECONDS = 2;

    private LinuxTimes() {}

    /**
     * Sets it.
     *
     * @throws StorageException UNSUPPORTED with the range of the file system, and then the file has the time that it had
     */
    static void set(Descriptor file, Instant wanted, VirtualPath path) throws StorageException {
        Instant before = modified(file, path);
        apply(file, wanted, path);
        if (isNear(modified(file, path), wanted)) {
            return;
        }
        apply(file, Instant.MIN, path);
        Instant earliest = modified(file, path);
        apply(file, Instant.MAX, path);
        Instant latest = modified(file, path);
        apply(file, before, path);
        throw new StorageException(
                Kind.UNSUPPORTED,
                path + ": this file system holds times from " + day(earliest) + " to " + day(latest) + " only");
    }

    private static boolean isNear(Instant stored, Instant wanted) {
        return Math.abs(stored.getEpochSecond() - wanted.getEpochSecond()) <= COARSEST_SECONDS;
    }

    private static String day(Instant time) {
        return time.toString().substring(0, time.toString().indexOf('T'));
    }

    private static Instant modified(Descriptor file, VirtualPath path) throws StorageException {
        FileStatus status = LinuxMetadata.known(LinuxFiles.status(file), path);
        return Instant.ofEpochSecond(status.modifiedSeconds(), status.modifiedNanos());
    }

    private static void apply(Descriptor file, Instant time, VirtualPath path) throws StorageException {
        long result = LinuxFiles.setModified(file, time);
        if (result < 0) {
            throw LinuxOwner.refused(result, file, path);
        }
    }
}
