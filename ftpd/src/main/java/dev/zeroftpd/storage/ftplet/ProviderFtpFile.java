package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/** A file in a home on another file system provider as FtpServer sees it. Used by one session. */
final class ProviderFtpFile implements FtpFile {

    private final StoredFile stored;

    ProviderFtpFile(StoredFile stored) {
        this.stored = stored;
    }

    StoredFile stored() {
        return stored;
    }

    @Override
    public String getAbsolutePath() {
        return stored.path().text();
    }

    @Override
    public String getName() {
        return stored.path().isRoot() ? "/" : stored.path().name();
    }

    /** The virtual path: there is no file on this machine to name. */
    @Override
    public Object getPhysicalFile() {
        return stored.path();
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
                .map(entries ->
                        entries.stream().<FtpFile>map(ProviderFtpFile::new).toList())
                .orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProviderFtpFile file
                && file.stored.path().equals(stored.path())
                && file.stored.storage().equals(stored.storage());
    }

    @Override
    public int hashCode() {
        return stored.path().hashCode();
    }
}
