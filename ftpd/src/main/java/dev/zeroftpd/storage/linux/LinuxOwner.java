package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;

/** Explains refusals of what only a file's owner may do: change its permissions and times. Stateless; any thread. */
final class LinuxOwner {

    private LinuxOwner() {}

    /** @param result minus the error number of the refusal */
    static StorageException refused(long result, Descriptor file, VirtualPath path) {
        boolean notOwner = result == -ErrorNumber.EPERM
                && LinuxFiles.status(file) instanceof LinuxFiles.Status.Known(FileStatus status)
                && !status.isProtected()
                && !ProcessUser.is(status.user());
        return notOwner
                ? new StorageException(
                        Kind.NOT_PERMITTED,
                        path + ": only its owner may change that, and the server doesn't run as its owner")
                : Errno.exception(result, path);
    }
}
