package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.parameter.AnnouncedBytes;
import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.OtherName;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.ForeignFileSink;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.storage.upload.Uploads;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * A file that a client uploads, opened once, in the session's file system, which may be the embedder's own.
 *
 * @param path its virtual path, as the log sees it
 * @param file the same for Ftplets and statistics
 * @param told the path as the client is told it
 */
record UploadFile(String path, FtpFile file, FileSink sink, String told) {

    UploadFile(String path, FtpFile file, FileSink sink) {
        this(path, file, sink, path);
    }

    /** What STOU calls a file whose client didn't suggest a name, as Apache FtpServer does. */
    private static final String UNNAMED = "ftp.dat";

    /** For STOR: the whole file, or the rest of it from where REST said. */
    static UploadFile store(FtpIoSession session, Need need, String name) throws IOException {
        RestartOffset restart = RestartOffset.of(session);
        OptionalLong announced = AnnouncedBytes.take(session);
        FileSystemView view = session.getFileSystemView();
        if (view instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            if (!restart.isZero() && ours.reveals(path)) { // what was announced may be there in part
                return opened(ours, path, ours.uploads(path).storeFrom(path, restart));
            }
            return ours.reveals(path)
                    ? opened(ours, path, ours.uploads(path).store(path)).withRoomFor(announced)
                    : storeUnseen(ours, need, path, restart).withRoomFor(announced);
        }
        FtpFile file = ForeignFiles.find(view, name);
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, restart.transmitted()));
    }

    /** For STOR behind RANG. */
    static UploadFile storeRange(FtpIoSession session, Need need, String name, OctetRange range) throws IOException {
        OptionalLong _ = AnnouncedBytes.take(session); // the range says more
        if (session.getFileSystemView() instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            requireSeen(ours, path);
            return opened(ours, path, ours.uploads(path).storeRange(path, range.first(), range.last()));
        }
        throw new StorageException(Kind.NOT_PERMITTED, name + ": this file system changes no part of a file");
    }

    /** For APPE. */
    static UploadFile append(FtpIoSession session, Need need, String name) throws IOException {
        OptionalLong _ = AnnouncedBytes.take(session); // of the whole file or of what is appended: clients differ
        FileSystemView view = session.getFileSystemView();
        if (view instanceof SessionFileSystem ours) {
            VirtualPath path = need.path(ours, name);
            return opened(ours, path, ours.uploads(path).append(path));
        }
        FtpFile file = ForeignFiles.find(view, name);
        long end = file.doesExist() ? file.getSize() : 0;
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, end));
    }

    /** For STOU: a name that no file has, {@code name} itself if it is free. For a directory, a name in it. */
    static UploadFile storeUnique(FtpIoSession session, Need need, String name) throws IOException {
        OptionalLong announced = AnnouncedBytes.take(session);
        FileSystemView view = session.getFileSystemView();
        return view instanceof SessionFileSystem ours
                ? storeUnique(ours, need, name).withRoomFor(announced)
                : storeUniqueForeign(view, name);
    }

    private static UploadFile storeUnique(SessionFileSystem ours, Need need, String name) throws IOException {
        VirtualPath suggested = ours.resolve(name);
        boolean directory = name.isEmpty()
                || suggested.isRoot()
                || suggested.equals(ours.workingDirectoryPath()) // which the client may know
                || (ours.reveals(suggested) && ours.getFile(suggested.text()).isDirectory());
        VirtualPath wanted = need.path(ours, directory ? inDirectory(name) : name);
        if (ours.reveals(wanted)) {
            Optional<FileSink> free = ours.uploads(wanted).storeNew(wanted);
            if (free.isPresent()) {
                return opened(ours, wanted, free.get());
            }
        } // else a name that the client chose would tell whether it was free
        Other other = Other.of(ours, need, wanted);
        return opened(ours, other.path(), other.sink());
    }

    /** A file of another name than the one that the client chose, which is taken or might be. */
    private record Other(VirtualPath path, FileSink sink) {

        /** Other names have the permissions of their directory, also where the chosen one has permissions of its own. */
        static void requireAllowed(SessionFileSystem ours, Need need, VirtualPath chosen) throws StorageException {
            if (chosen.isRoot()) {
                throw StorageException.of(Kind.NOT_A_FILE, chosen);
            }
            try {
                need.ask(ours, OtherName.of(chosen));
            } catch (StorageException refused) {
                throw StorageException.about(chosen, refused);
            }
        }

        static boolean isAllowed(SessionFileSystem ours, Need need, VirtualPath chosen) {
            try {
                requireAllowed(ours, need, chosen);
                return true;
            } catch (StorageException refused) {
                return false;
            }
        }

        static Other of(SessionFileSystem ours, Need need, VirtualPath chosen) throws IOException {
            requireAllowed(ours, need, chosen);
            try {
                while (true) {
                    VirtualPath path = OtherName.of(chosen);
                    Optional<FileSink> sink = ours.uploads(path).storeNew(path);
                    if (sink.isPresent()) {
                        return new Other(path, sink.get());
                    }
                }
            } catch (StorageException refused) {
                throw refusal(ours, chosen, refused);
            }
        }
    }

    /**
     * For a client that may not know whether there is such a file: it is told the same, and the file gets another name where
     * there is one that may not be overwritten, or that can't be.
     */
    private static UploadFile storeUnseen(SessionFileSystem ours, Need need, VirtualPath path, RestartOffset restart)
            throws IOException {
        if (!restart.isZero()) {
            requireSeen(ours, path);
        }
        boolean overwrites = ours.permissions(path).contains(Permission.OVERWRITE);
        if (!overwrites) {
            Other.requireAllowed(ours, need, path); // whether or not the name is free, for the answer would tell
        }
        Optional<FileSink> own = storeUnderItsName(ours, need, path, overwrites);
        if (own.isPresent()) {
            return opened(ours, path, own.get());
        }
        Other other = Other.of(ours, need, path);
        return new UploadFile(other.path().text(), ours.getFile(other.path().text()), other.sink(), path.text());
    }

    private static Optional<FileSink> storeUnderItsName(
            SessionFileSystem ours, Need need, VirtualPath path, boolean overwrites) throws IOException {
        Uploads uploads = ours.uploads(path);
        try {
            return overwrites ? Optional.of(uploads.store(path)) : uploads.storeNewOrBeside(path);
        } catch (StorageException refused) {
            if (Other.isAllowed(ours, need, path)) {
                return Optional.empty(); // another name shows whether it is the directory that refuses
            }
            throw refusal(ours, path, refused);
        }
    }

    /**
     * What is told where no file can be made. A client that may not know what is there is told the same below a file, below a link
     * that leads nowhere and below a free name, whatever refused it first; directories it may find out.
     */
    private static StorageException refusal(SessionFileSystem ours, VirtualPath chosen, StorageException refused)
            throws IOException {
        boolean told = refused.kind() == Kind.FAILED || ours.reveals(chosen) || isDirectory(ours, chosen.parent());
        return told ? StorageException.about(chosen, refused) : StorageException.of(Kind.NOT_FOUND, chosen);
    }

    private static boolean isDirectory(SessionFileSystem ours, VirtualPath path) throws IOException {
        try {
            return ours.storage().metadata(path).isDirectory();
        } catch (StorageException refused) {
            return false;
        }
    }

    /** Only what is seen can be continued or changed in its middle. */
    private static void requireSeen(SessionFileSystem ours, VirtualPath path) throws StorageException {
        if (!ours.reveals(path)) {
            throw new StorageException(Kind.BEYOND_END, path + ": this account can only send whole files here");
        }
    }

    private static UploadFile storeUniqueForeign(FileSystemView view, String name) throws IOException {
        boolean directory = name.isEmpty() || ForeignFiles.find(view, name).isDirectory();
        FtpFile wanted = ForeignFiles.find(view, directory ? inDirectory(name) : name);
        FtpFile file = wanted;
        while (file.doesExist()) {
            file = ForeignFiles.find(view, wanted.getAbsolutePath() + OtherName.ending());
        }
        return new UploadFile(file.getAbsolutePath(), file, ForeignFileSink.open(file, 0));
    }

    /** Refused before the first byte where it is known that there is no room. */
    private UploadFile withRoomFor(OptionalLong announced) throws IOException {
        if (announced.isPresent()) {
            try {
                sink.requireRoom(announced.getAsLong());
            } catch (StorageException tooMuch) {
                sink.interrupt(tooMuch.outcome());
                throw StorageException.about(new VirtualPath(told), tooMuch);
            }
        }
        return this;
    }

    private static String inDirectory(String directory) {
        return directory.isEmpty() ? UNNAMED : directory + "/" + UNNAMED;
    }

    private static UploadFile opened(SessionFileSystem ours, VirtualPath path, FileSink sink) {
        return new UploadFile(path.text(), ours.getFile(path.text()), sink);
    }
}
