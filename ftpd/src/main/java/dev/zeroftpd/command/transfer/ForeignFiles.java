package dev.zeroftpd.command.transfer;

import dev.zeroftpd.storage.StorageException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/** Files of a file system that the embedder wrote. Stateless; any thread. */
public final class ForeignFiles {

    private ForeignFiles() {}

    /**
     * Wraps Apache FtpServer's own command with a time and a path, which doesn't check whether the account may write.
     *
     * @param stock null, and so is the result, if there is no such command
     */
    public static @Nullable Command ifWritable(@Nullable Command stock) {
        if (stock == null) {
            return null;
        }
        return (session, context, request) -> {
            String argument = request.hasArgument() ? request.getArgument() : "";
            FtpFile file = find(session.getFileSystemView(), argument.substring(argument.indexOf(' ') + 1));
            if (file.doesExist() && !file.isWritable()) {
                throw new StorageException(
                        StorageException.Kind.NOT_PERMITTED, file.getAbsolutePath() + ": permission denied");
            }
            stock.execute(session, context, request);
        };
    }

    /** What {@code name} means there, whether or not it exists. */
    public static FtpFile find(FileSystemView view, String name) throws StorageException {
        try {
            @Nullable FtpFile file = view.getFile(name);
            if (file != null) {
                return file;
            }
        } catch (FtpException e) {
            throw new StorageException(StorageException.Kind.FAILED, name + ": can't be opened", e);
        }
        throw new StorageException(StorageException.Kind.NOT_FOUND, name + ": no such file");
    }
}
