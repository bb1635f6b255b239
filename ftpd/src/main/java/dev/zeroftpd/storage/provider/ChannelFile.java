package dev.zeroftpd.storage.provider;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written through one channel. Used by one thread at a time.
 *
 * @param file where it was opened
 */
public record ChannelFile(SeekableByteChannel channel, Path file) implements WritableFile {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelFile.class);

    /** Java can only ask by name: the one by which the file was opened a moment ago. */
    @Override
    public Optional<FileIdentity> identity() {
        try {
            return FileIdentity.of(ProviderAttributes.read(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> pathForPrograms() {
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? Optional.of(file.toAbsolutePath().toString())
                : Optional.empty();
    }

    @Override
    public void force() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(true);
        }
    }

    @Override
    public void finish() throws IOException {
        channel.close();
    }

    /** By name, too, but never through a link. */
    @Override
    public void setPermissions(int mode) {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            try {
                view.setPermissions(ProviderAttributes.permissions(mode));
            } catch (IOException | UnsupportedOperationException refused) {
                LOG.debug("{} keeps its permissions", file, refused);
            }
        }
    }

    @Override
    public void close() throws IOException {
        finish();
    }

    /** Puts the channel where the first byte goes and cuts off what shall go; closes it if that fails. */
    public static void position(SeekableByteChannel channel, WriteMode mode, long offset) throws IOException {
        try {
            switch (mode) {
                case CREATE_OR_TRUNCATE, CREATE_NEW -> {
                    // Zip's channels can't be cut, and start empty.
                    if (channel.size() > 0) {
                        channel.truncate(0);
                    }
                }
                case APPEND -> channel.position(channel.size());
                case AT_OFFSET -> channel.position(offset);
            }
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }
}
