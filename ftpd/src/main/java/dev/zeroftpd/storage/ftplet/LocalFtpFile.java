package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
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

    private final File home;
    private final StoredFile stored;

    /** @param home where the home is on this machine, for embedders that ask for the physical file */
    LocalFtpFile(File home, StoredFile stored) {
        super(stored.path().text(), new File(home, stored.path().relative()), stored.user());
        this.home = home;
        this.stored = stored;
    }

    StoredFile stored() {
        return stored;
    }

    @Override
    public boolean isHidden() {
        return stored.path().name().startsWith(".");
    }

    @Override
    public boolean isDirectory() {
        return stored.metadata().map(Metadata::isDirectory).orElse(false);
    }

    @Override
    public boolean isFile() {
        return stored.metadata().map(Metadata::isFile).orElse(false);
    }

    @Override
    public boolean doesExist() {
        return stored.metadata().isPresent();
    }

    @Override
    public boolean isReadable() {
        return stored.storage().isAccessible(stored.path(), Access.READ);
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
        return stored.metadata().map(Metadata::owner).orElse("user");
    }

    @Override
    public String getGroupName() {
        return stored.metadata().map(Metadata::group).orElse("group");
    }

    @Override
    public int getLinkCount() {
        return stored.metadata().map(found -> (int) found.links()).orElse(1);
    }

    @Override
    public long getLastModified() {
        return stored.metadata().map(found -> found.modified().toEpochMilli()).orElse(0L);
    }

    @Override
    public boolean setLastModified(long time) {
        return stored.setLastModified(time);
    }

    @Override
    public long getSize() {
        return stored.metadata().map(Metadata::size).orElse(0L);
    }

    @Override
    public boolean mkdir() {
        return stored.createDirectory();
    }

    @Override
    public boolean delete() {
        return stored.delete();
    }

    @Override
    public boolean move(FtpFile destination) {
        return stored.moveTo(destination);
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
        return stored.outputStream(offset);
    }

    @Override
    public InputStream createInputStream(long offset) throws IOException {
        return stored.inputStream(offset);
    }

    @Override
    @SuppressWarnings("NullAway") // FtpServer's interface: null if it is no directory
    public @Nullable List<FtpFile> listFiles() {
        return stored.entries()
                .map(entries -> entries.stream()
                        .<FtpFile>map(entry -> new LocalFtpFile(home, entry))
                        .toList())
                .orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalFtpFile file
                && file.stored.path().equals(stored.path())
                && file.stored.storage().equals(stored.storage());
    }

    @Override
    public int hashCode() {
        return stored.path().hashCode();
    }
}
