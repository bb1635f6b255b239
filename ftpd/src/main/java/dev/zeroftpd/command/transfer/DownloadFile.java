package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.ForeignFileSource;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A file that a client asked for, opened once.
 *
 * @param path its virtual path, as the log shows it
 * @param file the same for Ftplets and statistics
 */
public record DownloadFile(String path, FtpFile file, FileSource source) {

    /**
     * Opens {@code name} in the session's file system, which may be the embedder's own.
     *
     * @param need asked at its path
     */
    public static DownloadFile open(FtpIoSession session, Need need, String name) throws IOException {
        FileSystemView view = session.getFileSystemView();
        if (view instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            return new DownloadFile(
                    path.text(), ours.getFile(path.text()), ours.storage().openForReading(path));
        }
        return openForeign(view, name);
    }

    private static DownloadFile openForeign(FileSystemView view, String name) throws IOException {
        FtpFile file = ForeignFiles.find(view, name);
        return new DownloadFile(file.getAbsolutePath(), file, ForeignFileSource.open(file));
    }
}
