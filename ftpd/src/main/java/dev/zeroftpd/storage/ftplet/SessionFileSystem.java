package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.upload.BrokenUpload;
import dev.zeroftpd.storage.upload.DanglingLinks;
import dev.zeroftpd.storage.upload.FileMove;
import dev.zeroftpd.storage.upload.PartialFiles;
import dev.zeroftpd.storage.upload.PartialOwner;
import dev.zeroftpd.storage.upload.PartialPlace;
import dev.zeroftpd.storage.upload.Renames;
import dev.zeroftpd.storage.upload.ToldLengths;
import dev.zeroftpd.storage.upload.UploadContext;
import dev.zeroftpd.storage.upload.Uploads;
import dev.zeroftpd.transfer.FileSource;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * One session's place in its user's home: the working directory and what the user may do. Used by one command at a time,
 * on changing threads.
 *
 * <p>Commands ask it for paths and permission and then use {@link #storage()}; FtpServer's own commands and Ftplets use
 * it as a {@link FileSystemView}.
 */
public final class SessionFileSystem implements FileSystemView {

    private final User user;
    private final OpenHome home;
    private final PartialFiles partials;
    private final boolean renameOverwrites;
    private final ToldLengths told = new ToldLengths();
    private volatile VirtualPath workingDirectory = VirtualPath.ROOT;
    private volatile Optional<FileIdentity> renamed = Optional.empty();

    /** @param renameOverwrites whether RNTO replaces files */
    SessionFileSystem(User user, OpenHome home, UploadContext uploads, boolean renameOverwrites) {
        this(
                user,
                home,
                new PartialFiles(
                        new PartialPlace(home.storage(), uploads, user.getHomeDirectory()),
                        PartialOwner.of(user.getName(), Optional.empty())),
                renameOverwrites);
    }

    private SessionFileSystem(User user, OpenHome home, PartialFiles partials, boolean renameOverwrites) {
        this.renameOverwrites = renameOverwrites;
        this.user = user;
        this.home = home;
        this.partials = partials;
    }

    /**
     * The same home for a client at one address, the only one that may resume uploads that break here. Use it instead
     * of this one, which then needs no disposal.
     */
    public SessionFileSystem forClientAt(InetAddress address) {
        PartialOwner owner = PartialOwner.of(user.getName(), Optional.of(address));
        return new SessionFileSystem(user, home, new PartialFiles(partials.place(), owner), renameOverwrites);
    }

    public Storage storage() {
        return home.storage();
    }

    /** How this account's uploads become files; ask {@link #requireWritePermission} before. */
    public Uploads uploads() {
        return new Uploads(storage(), partials, told);
    }

    /**
     * Notes which file, directory or link the next {@link #rename} is to move: what RNFR does.
     *
     * @throws StorageException NOT_FOUND; UNFINISHED if the last upload of it by this account from this address broke
     */
    public void beginRename(VirtualPath from) throws IOException {
        requireFinished(from);
        renamed = FileIdentity.of(storage().entry(from)); // a link itself, wherever it leads
    }

    /**
     * Gives what {@link #beginRename} found another name: what RNTO does. Ask {@link #requireWritePermission} before, for
     * both.
     *
     * @return empty if that is done; else what has to be copied to another file system
     * @throws StorageException BUSY if {@code from} is another file by now; what {@link Renames#rename} throws
     */
    public Optional<FileMove> rename(VirtualPath from, VirtualPath to) throws IOException {
        Optional<FileIdentity> seen = renamed;
        renamed = Optional.empty();
        return renames().rename(from, seen, to);
    }

    /** How this account's files get other names; ask {@link #requireWritePermission} before, for both. */
    public Renames renames() {
        return new Renames(storage(), partials, renameOverwrites);
    }

    /** What PWD says. The directory may be gone by now. */
    public VirtualPath workingDirectoryPath() {
        return workingDirectory;
    }

    /**
     * The path that a command's argument means. Where the embedder asked for case-insensitive names, that of the file that
     * exists, if there is one.
     *
     * @throws StorageException INVALID_NAME, also for the names of partial files, which are the server's own
     */
    public VirtualPath resolve(String name) throws StorageException {
        VirtualPath path = workingDirectory.resolve(name);
        if (HiddenName.isPartial(path.name())) {
            throw new StorageException(StorageException.Kind.INVALID_NAME, path + ": a reserved name");
        }
        return home.caseInsensitive() ? CaseInsensitiveNames.existing(home.storage(), path) : path;
    }

    /**
     * Opens a directory for reading its entries, as {@link Storage#list} does; expired partials there are deleted
     * meanwhile. A file whose upload by this account from this address broke is as long as what has come.
     *
     * @param tells whether the client gets to know how long that is
     */
    public DirectoryListing list(VirtualPath directory, boolean tells) throws IOException {
        partials.visit(directory);
        return mayWrite(directory)
                ? partials.list(directory, tells ? told : new ToldLengths())
                : storage().list(directory);
    }

    /**
     * What the file system says of a path. A file whose upload by this account from this address broke is as long, and as
     * old, as what has come of it, even if there is no such file yet.
     *
     * @param tells whether the client gets to know how long that is
     * @throws StorageException NOT_FOUND and the like
     */
    public Metadata metadata(VirtualPath path, boolean tells) throws IOException {
        Optional<Metadata> there = Optional.empty();
        StorageException absent = null;
        try {
            there = Optional.of(storage().metadata(path));
        } catch (StorageException refused) {
            absent = refused;
        }
        Optional<BrokenUpload> broken = brokenOf(path, there, absent);
        if (broken.isPresent()) {
            if (tells) {
                told.tell(path, broken.get().size());
            }
            return broken.get().shown();
        }
        if (absent != null) {
            throw absent;
        }
        return there.orElseThrow();
    }

    /**
     * Opens what SIZE counts: a regular file, or what has come of it by an upload of this account from this address that
     * broke. The client gets to know its length.
     *
     * @throws StorageException as {@link Storage#openForReading}
     */
    public FileSource openToMeasure(VirtualPath path) throws IOException {
        Optional<BrokenUpload> broken = broken(path);
        if (broken.isEmpty()) {
            return storage().openForReading(path);
        }
        told.tell(path, broken.get().size());
        return storage().openForReading(broken.get().partial());
    }

    /**
     * Lets only files pass whose last upload by this account from this address did not break.
     *
     * @throws StorageException UNFINISHED
     */
    void requireFinished(VirtualPath path) throws IOException {
        if (broken(path).isPresent()) {
            throw new StorageException(
                    StorageException.Kind.UNFINISHED,
                    path + ": " + StorageException.Kind.UNFINISHED.text() + "; finish it or delete it first");
        }
    }

    private Optional<BrokenUpload> broken(VirtualPath path) throws IOException {
        try {
            return brokenOf(path, Optional.of(storage().metadata(path)), null);
        } catch (StorageException absent) {
            return brokenOf(path, Optional.empty(), absent);
        }
    }

    private Optional<BrokenUpload> brokenOf(
            VirtualPath path, Optional<Metadata> there, @Nullable StorageException absent) throws IOException {
        boolean possible = absent == null
                ? there.isPresent() && there.get().isFile()
                : absent.kind() == StorageException.Kind.NOT_FOUND;
        return possible && mayWrite(path) ? partials.broken(written(path, absent), there) : Optional.empty();
    }

    /** Where uploads to {@code path} go. */
    private VirtualPath written(VirtualPath path, @Nullable StorageException absent) throws IOException {
        try {
            return absent == null ? path : DanglingLinks.target(storage(), path);
        } catch (StorageException leadsNowhere) {
            return path;
        }
    }

    /**
     * Removes a directory, also one that is empty except for hidden partials; a symbolic link itself. Ask
     * {@link #requireWritePermission} before.
     *
     * @throws StorageException NOT_EMPTY, NOT_A_DIRECTORY, NOT_FOUND, NOT_PERMITTED
     */
    public void removeDirectory(VirtualPath directory) throws IOException {
        removeDirectory(home.storage(), partials, directory);
    }

    /** The file system refuses to remove a link as a directory; what clients mean by it is the link. */
    static void removeDirectory(Storage storage, PartialFiles partials, VirtualPath directory) throws IOException {
        try {
            partials.removeDirectory(directory);
        } catch (StorageException refused) {
            if (refused.kind() != StorageException.Kind.NOT_A_DIRECTORY
                    || !storage.entry(directory).isLink()) {
                throw refused;
            }
            storage.delete(directory);
        }
    }

    /** Removes a file and the rest of this account's broken upload of it; ask {@link #requireWritePermission} before. */
    public void delete(VirtualPath path) throws IOException {
        partials.delete(path);
    }

    /** True if the account has write permission there. The file system may still refuse. */
    public boolean mayWrite(VirtualPath path) {
        return user.authorize(new WriteRequest(path.text())) != null;
    }

    /**
     * Lets only accounts with write permission pass.
     *
     * @throws StorageException NOT_PERMITTED if the account has none there
     */
    public void requireWritePermission(VirtualPath path) throws StorageException {
        if (!mayWrite(path)) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, path);
        }
    }

    /**
     * Makes a readable directory the working directory.
     *
     * @throws StorageException NOT_FOUND, NOT_A_DIRECTORY, NOT_PERMITTED, OUTSIDE_HOME; then nothing changes
     */
    public void changeWorkingDirectory(VirtualPath directory) throws IOException {
        if (!storage().metadata(directory).isDirectory()) {
            throw StorageException.of(StorageException.Kind.NOT_A_DIRECTORY, directory);
        }
        if (!storage().isAccessible(directory, Access.EXECUTE)) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, directory);
        }
        workingDirectory = directory;
    }

    @Override
    public boolean changeWorkingDirectory(String directory) {
        try {
            changeWorkingDirectory(resolve(directory));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public FtpFile getHomeDirectory() {
        return file(VirtualPath.ROOT);
    }

    @Override
    public FtpFile getWorkingDirectory() {
        return file(workingDirectory);
    }

    /**
     * The file that a command's argument means, whether or not it exists.
     *
     * @throws IllegalArgumentException if a name can't be a file's: FtpServer's commands answer 550 to that
     */
    @Override
    public FtpFile getFile(String name) {
        try {
            return file(resolve(name));
        } catch (StorageException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    @Override
    public boolean isRandomAccessible() {
        return true;
    }

    @Override
    public void dispose() {
        home.release();
    }

    private FtpFile file(VirtualPath path) {
        StoredFile stored = new StoredFile(storage(), path, user, partials, null);
        Optional<File> directory = home.directory();
        return directory.isPresent() ? new LocalFtpFile(directory.get(), stored) : stored;
    }
}
