package dev.zeroftpd.storage.provider;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the files of a {@link ProviderStorage}, for their bytes. Thread-safe. */
final class ProviderFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderFiles.class);

    private static final FileAttribute<Set<PosixFilePermission>> HIDDEN =
            PosixFilePermissions.asFileAttribute(ProviderAttributes.permissions(HiddenName.PERMISSIONS));

    private final boolean local;
    private final boolean posix;
    private final StorageContext context;

    /**
     * For one file system.
     *
     * @param local whether it is the machine's own
     * @param posix whether its files have permissions
     */
    ProviderFiles(boolean local, boolean posix, StorageContext context) {
        this.local = local;
        this.posix = posix;
        this.context = context;
    }

    /** @param path for the message */
    FileSource forReading(Path file, VirtualPath path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw StorageException.of(Kind.NOT_A_FILE, path);
        }
        SeekableByteChannel channel = Files.newByteChannel(file, withoutLinks(StandardOpenOption.READ));
        try {
            return new ProviderFileSource(file, attributes, channel, wayOf(file));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private Way wayOf(Path file) throws IOException {
        if (!local) {
            return Way.streamed(StreamReason.OTHER_PROVIDER);
        }
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Way.streamed(StreamReason.REFUSED_BY_DEVICE);
        }
        return context.zeroCopy().wayOf((long) Files.getAttribute(file, "unix:dev"), file);
    }

    /** @param umask permissions that a new file doesn't get */
    WritableFile forWriting(Path file, VirtualPath path, WriteMode mode, long offset, int umask) throws IOException {
        if (mode == WriteMode.CREATE_NEW && Files.exists(file)) {
            throw StorageException.of(Kind.EXISTS, path);
        }
        boolean exists = isThere(file, path);
        boolean hidden = posix && HiddenName.isPartial(path.name());
        SeekableByteChannel channel = hidden ? open(file, mode, HIDDEN) : open(file, mode);
        WritableFile opened = new ChannelFile(channel, file);
        if (hidden) {
            opened.setPermissions(HiddenName.PERMISSIONS);
        }
        ChannelFile.position(channel, mode, offset);
        if (!exists && posix && !hidden) {
            setPermissionsOfNew(file, umask);
        }
        return opened;
    }

    /** In one look: a file may come and go between two. */
    private static boolean isThere(Path file, VirtualPath path) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw StorageException.of(Kind.NOT_A_FILE, path);
            }
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static void setPermissionsOfNew(Path file, int umask) throws IOException {
        try {
            Files.setPosixFilePermissions(file, ProviderAttributes.permissions(0666 & ~umask));
        } catch (NoSuchFileException deleted) {
            LOG.debug("{} is gone already", file, deleted);
        }
    }

    private SeekableByteChannel open(Path file, WriteMode mode, FileAttribute<?>... ofNew) throws IOException {
        return switch (mode) {
            case CREATE_NEW ->
                Files.newByteChannel(
                        file, withoutLinks(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), ofNew);
            case CREATE_OR_TRUNCATE ->
                Files.newByteChannel(
                        file,
                        withoutLinks(
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        ofNew);
            case APPEND ->
                Files.newByteChannel(file, withoutLinks(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ofNew);
            // Only a FileChannel promises to keep what is there: zip's byte channel starts empty.
            case AT_OFFSET ->
                FileChannel.open(file, withoutLinks(StandardOpenOption.WRITE, StandardOpenOption.CREATE), ofNew);
        };
    }

    /** A link that appears after the resolution is refused where the provider can: zip's knows no such option. */
    private Set<OpenOption> withoutLinks(OpenOption... options) {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        if (local && context.symlinks() != SymlinkPolicy.FOLLOW) {
            all.add(LinkOption.NOFOLLOW_LINKS);
        }
        return all;
    }
}
