package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file opened for writing through {@link LinuxStorage}. Used by one thread at a time.
 *
 * <p>Besides the channel it keeps the descriptor by which the file was found, because a {@link FileChannel} doesn't give
 * out its own, by which space could be reserved.
 */
final class LinuxWritableFile implements WritableFile {

    private static final Logger LOG = LoggerFactory.getLogger(LinuxWritableFile.class);

    /** One refusal tells of a file system that refuses them all. */
    private static final AtomicBoolean REPORTED = new AtomicBoolean();

    private final Descriptor found;
    private final FileStatus atOpening;
    private final FileChannel channel;
    private final VirtualPath path;

    /** Opened for writing once space was asked for where that pays; there is space to give back then. */
    private @Nullable Descriptor reserving;

    /** Takes over {@code found} and {@code channel}. */
    LinuxWritableFile(Descriptor found, FileStatus atOpening, FileChannel channel, VirtualPath path) {
        this.found = found;
        this.atOpening = atOpening;
        this.channel = channel;
        this.path = path;
    }

    @Override
    public SeekableByteChannel channel() {
        return channel;
    }

    @Override
    public boolean reserve(long offset, long count) {
        if (reserving == null) {
            reserving = openForReserving();
        }
        return reserving != null && LinuxFiles.reserve(reserving, offset, count) == 0;
    }

    private @Nullable Descriptor openForReserving() {
        Descriptor writable = openAgain();
        if (writable == null || LinuxFiles.reservingPays(writable)) {
            return writable;
        }
        writable.close();
        return null;
    }

    private @Nullable Descriptor openAgain() {
        long opened = LinuxFiles.open(found.pathText(), LinuxFiles.O_WRONLY);
        return opened < 0 ? null : new Descriptor((int) opened);
    }

    /** On a file system that can't reserve space, the disk may still fill up during the upload. */
    @Override
    public void requireSpace(long offset, long count) throws StorageException {
        if (reserving == null) {
            reserving = openAgain();
        }
        long result = reserving == null || count == 0 ? 0 : LinuxFiles.reserve(reserving, offset, count);
        if (result == -ErrorNumber.ENOSPC || result == -ErrorNumber.EDQUOT) {
            throw Errno.exception(result, path);
        }
    }

    @Override
    public Optional<FileIdentity> identity() {
        return Optional.of(new FileIdentity(atOpening.device(), atOpening.inode()));
    }

    @Override
    public List<FileIdentity> directoriesAbove() {
        List<FileIdentity> above = new ArrayList<>();
        try {
            Path directory = Files.readSymbolicLink(found.path()).getParent();
            while (directory != null) {
                identity(directory).ifPresent(above::add);
                directory = directory.getParent();
            }
        } catch (IOException e) {
            LOG.debug("The directories above {} are unknown", path, e);
        }
        return above;
    }

    private static Optional<FileIdentity> identity(Path directory) {
        long opened = LinuxFiles.open(directory.toString(), LinuxFiles.O_PATH | LinuxFiles.O_DIRECTORY);
        if (opened < 0) {
            return Optional.empty();
        }
        try (Descriptor found = new Descriptor((int) opened)) {
            return LinuxFiles.identity(found) instanceof LinuxFiles.Status.Known(FileStatus status)
                    ? Optional.of(new FileIdentity(status.device(), status.inode()))
                    : Optional.empty();
        }
    }

    /** A name that is no UTF-8 can't be passed on as text; then it is found through this process. */
    @Override
    public Optional<String> pathForPrograms() {
        try {
            String name = Files.readSymbolicLink(found.path()).toString();
            if (name.startsWith("/") && name.indexOf('\ufffd') < 0) {
                return Optional.of(name);
            }
        } catch (IOException e) {
            LOG.debug("The name of {} is unknown", path, e);
        }
        long process = ProcessHandle.current().pid();
        return Optional.of(found.pathText().replace("/self/", "/" + process + "/"));
    }

    /** Some file systems in user space never count any name. */
    @Override
    public void requireNamed() throws StorageException {
        if (atOpening.links() > 0
                && LinuxFiles.status(found) instanceof LinuxFiles.Status.Known(FileStatus now)
                && now.links() == 0) {
            throw new StorageException(
                    StorageException.Kind.FAILED,
                    path + ": the file was replaced or deleted meanwhile, and what came is lost; send it again");
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void finish() throws IOException {
        try (channel) {
            if (reserving != null) {
                giveBack(reserving);
            }
        }
    }

    @Override
    public void setPermissions(int mode) throws StorageException {
        long result = LinuxFiles.setPermissions(found, mode);
        if (result == -ErrorNumber.EDQUOT || result == -ErrorNumber.ENOSPC) {
            throw Errno.exception(result, path);
        }
        if (result < 0) {
            LOG.debug("{} keeps its permissions: error {}", path, -result);
            if (!REPORTED.getAndSet(true)) {
                LOG.warn(
                        "The file system lets no permissions be changed (error {}), so uploads keep those that it gave"
                                + " them, and other programs may not be able to read them: {}",
                        -result,
                        path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (found) {
            finish();
        }
    }

    /** If this fails, the file is correct and only takes more disk space than it needs. */
    private void giveBack(Descriptor opened) throws IOException {
        try (opened) {
            reserving = null;
            LinuxFiles.cutBehind(opened, channel.size());
        }
    }
}
