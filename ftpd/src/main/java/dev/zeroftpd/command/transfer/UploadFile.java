package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.ForeignFileSink;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A file that a client uploads, opened once, in the session's file system, which may be the embedder's own.
 *
 * @param path its virtual path, as the log and the client see it
 * @param file the same for Ftplets and statistics
 */
record UploadFile(String path, FtpFile file, FileSink sink) {

    /** What STOU calls a file whose client didn't suggest a name, as Apache FtpServer does. */
    private static final String UNNAMED = "ftp.dat";

    /** For STOR: the whole file, or the rest of it from where REST said. */
    static UploadFile store(FtpIoSession session, Need need, String name) throws IOException {
        RestartOffset restart = RestartOffset.of(session);
        FileSystemView view = session.getFileSystemView();
        if (view instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            return opened(
                    ours,
                    path,
                    restart.isZero()
                            ? ours.uploads().store(path)
                            : ours.uploads().storeFrom(path, restart));
        }
        FtpFile file = ForeignFiles.find(view, name);
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, restart.transmitted()));
    }

    /** For STOR behind RANG. */
    static UploadFile storeRange(FtpIoSession session, Need need, String name, OctetRange range) throws IOException {
        if (session.getFileSystemView() instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            return opened(ours, path, ours.uploads().storeRange(path, range.first(), range.last()));
        }
        throw new StorageException(
                StorageException.Kind.NOT_PERMITTED, name + ": this file system changes no part of a file");
    }

    /** For APPE. */
    static UploadFile append(FtpIoSession session, Need need, String name) throws IOException {
        FileSystemView view = session.getFileSystemView();
        if (view instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            return opened(ours, path, ours.uploads().append(path));
        }
        FtpFile file = ForeignFiles.find(view, name);
        long end = file.doesExist() ? file.getSize() : 0;
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, end));
    }

    /** For STOU: a name that no file has, {@code name} itself if it is free. For a directory, a name in it. */
    static UploadFile storeUnique(FtpIoSession session, Need need, String name) throws IOException {
        FileSystemView view = session.getFileSystemView();
        return view instanceof SessionFileSystem ours ? storeUnique(ours, need, name) : storeUniqueForeign(view, name);
    }

    private static UploadFile storeUnique(SessionFileSystem ours, Need need, String name) throws IOException {
        VirtualPath suggested = ours.resolve(name);
        boolean directory = name.isEmpty() || ours.getFile(suggested.text()).isDirectory();
        VirtualPath wanted = need.path(ours, directory ? inDirectory(name) : name);
        VirtualPath path = wanted;
        Optional<FileSink> sink = ours.uploads().storeNew(path);
        while (sink.isEmpty()) {
            path = ours.resolve(another(wanted.text()));
            sink = ours.uploads().storeNew(path);
        }
        return opened(ours, path, sink.get());
    }

    private static UploadFile storeUniqueForeign(FileSystemView view, String name) throws IOException {
        boolean directory = name.isEmpty() || ForeignFiles.find(view, name).isDirectory();
        FtpFile wanted = ForeignFiles.find(view, directory ? inDirectory(name) : name);
        FtpFile file = wanted;
        while (file.doesExist()) {
            file = ForeignFiles.find(view, another(wanted.getAbsolutePath()));
        }
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, 0));
    }

    private static String inDirectory(String directory) {
        return directory.isEmpty() ? UNNAMED : directory + "/" + UNNAMED;
    }

    private static String another(String path) {
        return path + "."
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static UploadFile opened(SessionFileSystem ours, VirtualPath path, FileSink sink) {
        return new UploadFile(path.text(), ours.getFile(path.text()), sink);
    }
}
