package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Storage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/**
 * A file in a local home as FtpServer sees it. Used by one session.
 *
 * <p>It is a {@link NativeFtpFile} because FtpServer and embedders cast to that, and does nothing by its methods: all goes
 * through {@link Storage}, so no link leads out of the home.
 */
final class LocalFtpFile extends NativeFtpFile {

    private final StoredFile stored;
    private final Function<StoredFile, FtpFile> seen;

    /**
     * One that is at {@code physical} on this machine, for embedders that ask.
     *
     * @param seen how others that it lists are seen
     */
    LocalFtpFile(File physical, StoredFile stored, Function<StoredFile, FtpFile> seen) {
        super(stored.path().text(), physical, stored.rights().user());
        this.stored = stored;
        this.seen = seen;
    }

    StoredFile stored() {
        return stored;
    }

    @Override
    public boolean isHidden() {
        return stored.isHidden();
    }

    @Override
    public boolean isDirectory() {
        return stored.isDirectory();
    }

    @Override
    public boolean isFile() {
        return stored.isFile();
    }

    @Override
    public boolean doesExist() {
        return stored.doesExist();
    }

    @Override
    public boolean isReadable() {
        return stored.isReadable();
    }

    @Override
    public boolean isWritable() {
        return stored.isWritable();
    }

    @Override
    public boolean isRemovable() {
        return stored.isRemovable();
    }

    @Override
    public String getOwnerName() {
        return stored.getOwnerName();
    }

    @Override
    public String getGroupName() {
        return stored.getGroupName();
    }

    @Override
    public int getLinkCount() {
        return stored.getLinkCount();
    }

    @Override
    public long getLastModified() {
        return stored.getLastModified();
    }

    @Override
    public boolean setLastModified(long time) {
        return stored.setLastModified(time);
    }

    @Override
    public long getSize() {
        return stored.getSize();
    }

    @Override
    public boolean mkdir() {
        return stored.mkdir();
    }

    @Override
    public boolean delete() {
        return stored.delete();
    }

    @Override
    public boolean move(FtpFile destination) {
        return stored.move(destination);
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
        return stored.createOutputStream(offset);
    }

    @Override
    public InputStream createInputStream(long offset) throws IOException {
        return stored.createInputStream(offset);
    }

    @Override
    @SuppressWarnings("NullAway") // FtpServer's interface: null if it is no directory
    public @Nullable List<FtpFile> listFiles() {
        return stored.entries()
                .map(entries -> entries.stream().map(seen).toList())
                .orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalFtpFile file && file.stored.equals(stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }
}
