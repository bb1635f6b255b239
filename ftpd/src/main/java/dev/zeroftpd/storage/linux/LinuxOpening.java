package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.provider.ChannelFile;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;

/**
 * Opens the files of one home for reading and writing. Thread-safe.
 *
 * <p>What a path leads to is found without being opened for its bytes, looked at, and then opened a second time through
 * {@code /proc/self/fd}, which is the same file for certain: opening a FIFO or a device would wait, or do something.
 */
final class LinuxOpening {

    /** How often a file may vanish and reappear between looking for it and creating it. */
    private static final int CREATE_ATTEMPTS = 100;

    /** A new file is opened a second time before it gets its own permissions, which may not allow that. */
    private static final int OPENED_BY_OWNER = 0200;

    private static final int PERMISSIONS = 0777;

    private final LinuxHome home;
    private final StorageContext context;

    LinuxOpening(LinuxHome home, StorageContext context) {
        this.home = home;
        this.context = context;
    }

    FileSource read(VirtualPath path) throws IOException {
        Descriptor found = home.find(path);
        try {
            FileStatus status = LinuxMetadata.known(LinuxFiles.status(found), path);
            requireRegular(status, path);
            FileChannel channel = reopen(found, path, StandardOpenOption.READ);
            if (status.size() == 0) {
                LinuxFileSource.requireEmpty(channel, found, path);
            }
            Way way = context.zeroCopy().wayOf(status.device(), found.path());
            return new LinuxFileSource(path, found, status, channel, way);
        } catch (IOException | RuntimeException failed) {
            found.close();
            throw failed;
        }
    }

    /** @param umask the session's, for a new file */
    WritableFile write(VirtualPath path, WriteMode mode, long offset, int umask) throws IOException {
        boolean hidden = HiddenName.isPartial(path.name());
        for (int i = 0; i < CREATE_ATTEMPTS; i++) {
            long found = home.tryFind(path);
            if (found == -ErrorNumber.ENOENT) {
                long created = create(path, hidden ? HiddenName.PERMISSIONS : (0666 & ~umask) | OPENED_BY_OWNER);
                if (created >= 0) {
                    WritableFile opened = writable(new Descriptor((int) created), path, mode, offset, hidden);
                    if (!hidden) {
                        // The process's own umask has been applied: give what was configured, or chosen.
                        setPermissions(opened, 0666 & ~umask);
                    }
                    return opened;
                }
                if (created != -ErrorNumber.EEXIST) {
                    throw Errno.exception(created, path);
                }
            } else if (found < 0) {
                throw home.failure(found, path);
            } else if (mode == WriteMode.CREATE_NEW) {
                new Descriptor((int) found).close();
                throw StorageException.of(Kind.EXISTS, path);
            } else {
                return writable(new Descriptor((int) found), path, mode, offset, hidden);
            }
        }
        // Neither there nor absent, again and again: a symbolic link that leads to no file.
        throw StorageException.of(Kind.NOT_PERMITTED, path);
    }

    private static void setPermissions(WritableFile opened, int permissions) throws IOException {
        try {
            opened.setPermissions(permissions);
        } catch (StorageException full) {
            opened.close();
            throw full;
        }
    }

    private long create(VirtualPath path, int permissions) throws StorageException {
        if (home.isTop(path)) {
            return -ErrorNumber.ENOENT;
        }
        try (Descriptor parent = home.findDirectory(path.parent())) {
            return LinuxFiles.create(parent, path.name(), permissions);
        }
    }

    /** @param hidden whether no other process of this machine may read it */
    private WritableFile writable(Descriptor found, VirtualPath path, WriteMode mode, long offset, boolean hidden)
            throws IOException {
        try {
            FileStatus status = LinuxMetadata.known(LinuxFiles.status(found), path);
            requireRegular(status, path);
            if (hidden && (status.typeAndMode() & PERMISSIONS) != HiddenName.PERMISSIONS) {
                // an older version's partial, or the process's own umask took some of them
                LinuxFiles.setPermissions(found, HiddenName.PERMISSIONS);
            }
            FileChannel channel = openToWrite(found, path, mode);
            ChannelFile.position(channel, mode, offset);
            return new LinuxWritableFile(found, status, channel, path);
        } catch (IOException | RuntimeException failed) {
            found.close();
            throw failed;
        }
    }

    /**
     * For appending, the kernel puts each write at the end: another process may cut the file meanwhile, and then bytes at a
     * remembered position would lie behind a hole. It also allows files to which bytes may only be appended (chattr +a).
     */
    private static FileChannel openToWrite(Descriptor found, VirtualPath path, WriteMode mode) throws StorageException {
        return reopen(found, path, mode == WriteMode.APPEND ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
    }

    static FileChannel reopen(Descriptor found, VirtualPath path, OpenOption option) throws StorageException {
        try {
            return FileChannel.open(found.path(), option);
        } catch (IOException failed) {
            throw ProviderErrors.exception(failed, path);
        }
    }

    private static void requireRegular(FileStatus status, VirtualPath path) throws StorageException {
        if (!status.isRegular()) {
            throw StorageException.of(Kind.NOT_A_FILE, path);
        }
    }
}
