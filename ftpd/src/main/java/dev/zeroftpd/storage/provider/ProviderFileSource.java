package dev.zeroftpd.storage.provider;

import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.PromisedBytes;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** A regular file opened through {@link ProviderStorage}. Used by one thread at a time; any may close it. */
final class ProviderFileSource implements FileSource {

    private final Path file;
    private final BasicFileAttributes atOpening;
    private final SeekableByteChannel channel;
    private final Optional<Instant> changedBefore;
    private final long size;
    private final Way way;

    ProviderFileSource(Path file, BasicFileAttributes atOpening, SeekableByteChannel channel, Way way)
            throws IOException {
        this.file = file;
        this.atOpening = atOpening;
        this.channel = channel;
        this.changedBefore = changed(file);
        this.size = channel.size();
        this.way = way;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Way way() {
        return way;
    }

    @Override
    public FileChannel fileChannel() {
        if (way instanceof Way.ZeroCopy && channel instanceof FileChannel local) {
            return local;
        }
        throw new IllegalStateException("this file is " + way.describe());
    }

    @Override
    public ReadableByteChannel streamFrom(long offset) throws IOException {
        return PromisedBytes.from(channel, offset, size - offset);
    }

    @Override
    public Change change() throws IOException {
        long now = channel.size();
        if (now != size) {
            return now > size ? Change.GROWN : Change.SHRUNK;
        }
        BasicFileAttributes named;
        try {
            named = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException removed) {
            return Change.UNCHANGED;
        }
        Object key = atOpening.fileKey();
        if (key != null && !key.equals(named.fileKey())) {
            // Another file has the name by now; ours is no longer to be seen.
            return Change.UNCHANGED;
        }
        return mayHaveBeenWritten(named.lastModifiedTime().toInstant()) ? Change.TOUCHED : Change.UNCHANGED;
    }

    /** A time that no write can have set was set by a program, as {@link dev.zeroftpd.os.FileStatus#mayHaveBeenWrittenSince} explains. */
    private boolean mayHaveBeenWritten(Instant modified) throws IOException {
        if (modified.equals(atOpening.lastModifiedTime().toInstant())) {
            return false;
        }
        Optional<Instant> changedNow = changed(file);
        boolean wasSet = changedBefore.filter(modified::isBefore).isPresent()
                || changedNow.filter(modified::isAfter).isPresent();
        return !wasSet;
    }

    /** When anything about the file was changed last. Only the machine's own files tell: others call other times that. */
    private static Optional<Instant> changed(Path file) throws IOException {
        return file.getFileSystem().equals(FileSystems.getDefault())
                        && file.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Files.getAttribute(file, "unix:ctime") instanceof FileTime time
                ? Optional.of(time.toInstant())
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
