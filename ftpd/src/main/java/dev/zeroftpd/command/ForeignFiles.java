package dev.zeroftpd.command;

import dev.zeroftpd.storage.StorageException;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/** Files of a file system that the embedder wrote. Stateless; any thread. */
final class ForeignFiles {

    private ForeignFiles() {}

    /** What {@code name} means there, whether or not it exists. */
    static FtpFile find(FileSystemView view, String name) throws StorageException {
        try {
            @Nullable FtpFile file = view.getFile(name);
            if (file != null) {
                return file;
            }
        } catch (FtpException e) {
            throw new StorageException(StorageException.Kind.FAILED, name + ": not to be had", e);
        }
        throw new StorageException(StorageException.Kind.NOT_FOUND, name + ": no such file");
    }
}
