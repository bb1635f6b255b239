package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.upload.FileMove;
import dev.zeroftpd.storage.upload.PartialFiles;
import dev.zeroftpd.storage.upload.PartialOwner;
import dev.zeroftpd.storage.upload.PartialPlace;
import dev.zeroftpd.storage.upload.Renames;
import dev.zeroftpd.storage.upload.ToldLengths;
import dev.zeroftpd.storage.upload.UploadContext;
import dev.zeroftpd.storage.upload.UploadRights;
import dev.zeroftpd.storage.upload.Uploads;
import dev.zeroftpd.transfer.FileSource;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;

/**
 * One session's place in its user's home: the working directory and what the user may do. Used by one command at a time,
 * on changing threads.
 *
 * <p>Commands ask it for paths and permission and then use {@link #storage()}; FtpServer's own commands and Ftplets use
 * it as a {@link FileSystemView}.
 */
public final class SessionFileSystem implements FileSystemView {

    private final User user;
    private final SessionRights rights;
    private final CurrentHome home;
    private final PartialOwner owner;
    private final UploadContext uploads;
    private final boolean renameOverwrites;
    private final ToldLengths told = new ToldLengths();
    private volatile VirtualPath workingDirectory = VirtualPath.ROOT;
    private volatile Optional<FileIdentity> renamed = Optional.empty();
    private volatile FilesWithBroken files;

    /** @param renameOverwrites whether RNTO replaces files */
    SessionFileSystem(User user, CurrentHome home, UploadContext uploads, boolean renameOverwrites) {
        this(user, home, uploads, PartialOwner.of(user.getName(), Optional.empty()), renameOverwrites);
    }

    private SessionFileSystem(
            User user, CurrentHome home, UploadContext uploads, PartialOwner owner, boolean renameOverwrites) {
        this.renameOverwrites = renameOverwrites;
        this.user = user;
        this.rights = new SessionRights(home::account);
        this.home = home;
        this.uploads = uploads;
        this.owner = owner;
        this.files = files(home.storage());
    }

    private FilesWithBroken files(Storage storage) {
        PartialPlace place = new PartialPlace(storage, uploads, user.getHomeDirectory());
        return new FilesWithBroken(new PartialFiles(place, owner), told, this::mayUpload);
    }

    /** Those of the home with the folders that it has now. */
    private FilesWithBroken files() {
        Storage now = home.storage();
        FilesWithBroken known = files;
        if (!known.partials().place().storage().equals(now)) {
            known = files(now);
            files = known;
        }
        return known;
    }

    private PartialFiles partials() {
        return files().partials();
    }

    /**
     * The same home for a client at one address, the only one that may resume uploads that break here. Use it instead
     * of this one, which then needs no disposal.
     */
    public SessionFileSystem forClientAt(InetAddress address) {
        PartialOwner ofClient = PartialOwner.of(user.getName(), Optional.of(address));
        return new SessionFileSystem(user, home, uploads, ofClient, renameOverwrites);
    }

    public Storage storage() {
        return home.storage();
    }

    /**
     * From the next command on, the account may do what {@code edited} may, and has its folders, in the home that it has. Does
     * nothing if that is another account. Never blocks; any thread.
     */
    public void use(User edited) {
        if (edited.getName().equals(user.getName())) {
            home.use(edited);
        }
    }

    /** The account as the last edit left it, which the next command goes by. Never blocks; any thread. */
    public User accountNow() {
        return home.accountNow();
    }

    /**
     * How this account's uploads to {@code path} become files, as far as its permissions there go. Where it sees nothing, none is
     * resumed.
     */
    public Uploads uploads(VirtualPath path) {
        Set<Permission> allowed = allowed(path);
        PartialFiles now = partials();
        return new Uploads(
                now.place().storage(),
                reveals(path) ? now : now.neverResuming(),
                told,
                new UploadRights(
                        allowed.contains(Permission.UPLOAD),
                        allowed.contains(Permission.OVERWRITE),
                        allowed.contains(Permission.APPEND)));
    }

    /**
     * Notes which file, directory or link the next {@link #rename} is to move: what RNFR does.
     *
     * @throws StorageException NOT_FOUND; UNFINISHED if the last upload of it by this account from this address broke;
     *     NOT_PERMITTED for a virtual folder itself
     */
    public void beginRename(VirtualPath from) throws IOException {
        home.requireMovable(from);
        requireFinished(from);
        renamed = FileIdentity.of(storage().entry(from)); // a link itself, wherever it leads
    }

    /** @throws StorageException UNFINISHED if the last upload of it by this account from this address broke */
    void requireFinished(VirtualPath path) throws IOException {
        files().requireFinished(path);
    }

    /**
     * Gives what {@link #beginRename} found another name: what RNTO does. Ask for the permission before, for both.
     *
     * @return empty if that is done; else what has to be copied to another file system
     * @throws StorageException BUSY if {@code from} is another file by now; what {@link Renames#rename} throws
     */
    public Optional<FileMove> rename(VirtualPath from, VirtualPath to) throws IOException {
        Optional<FileIdentity> seen = renamed;
        renamed = Optional.empty();
        return renames(to).rename(from, seen, to);
    }

    /** How this account's files get the name {@code to}; ask for the permission before, for both. */
    Renames renames(VirtualPath to) {
        PartialFiles now = partials();
        return new Renames(
                now.place().storage(), now, renameOverwrites && allowed(to).contains(Permission.OVERWRITE));
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
        home.adopt();
        return resolved(name);
    }

    private VirtualPath resolved(String name) throws StorageException {
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
        PartialFiles now = partials();
        now.visit(directory);
        return mayUpload(directory)
                ? now.list(directory, tells ? told : new ToldLengths())
                : now.place().storage().list(directory);
    }

    /**
     * What the file system says of a path. A file whose upload by this account from this address broke is as long, and as
     * old, as what has come of it, even if there is no such file yet.
     *
     * @param tells whether the client gets to know how long that is
     * @throws StorageException NOT_FOUND and the like
     */
    public Metadata metadata(VirtualPath path, boolean tells) throws IOException {
        return files().metadata(path, tells);
    }

    /**
     * Opens what SIZE counts: a regular file, or what has come of it by an upload of this account from this address that
     * broke. The client gets to know its length.
     *
     * @throws StorageException as {@link Storage#openForReading}
     */
    public FileSource openToMeasure(VirtualPath path) throws IOException {
        return files().openToMeasure(path);
    }

    /**
     * Removes a directory, also one that is empty except for hidden partials; a symbolic link itself, if the account may delete
     * it. Ask for the permission to remove directories before.
     *
     * @throws StorageException NOT_EMPTY, NOT_A_DIRECTORY, NOT_FOUND, NOT_PERMITTED
     */
    public void removeDirectory(VirtualPath directory) throws IOException {
        PartialFiles now = partials();
        Storage storage = now.place().storage();
        try {
            now.removeDirectory(directory);
        } catch (StorageException refused) {
            // the file system refuses to remove a link as a directory; what clients mean by it is the link
            if (refused.kind() != StorageException.Kind.NOT_A_DIRECTORY
                    || !allowed(directory).contains(Permission.DELETE)
                    || !storage.entry(directory).isLink()) {
                throw refused;
            }
            storage.delete(directory);
        }
    }

    /** Removes a file and the rest of this account's broken upload of it; ask for the permission before. */
    public void delete(VirtualPath path) throws IOException {
        partials().delete(path);
    }

    /**
     * What the account may do there now. The file system may still refuse. {@link #storage} is what it was asked about until
     * somebody asks again.
     */
    public Set<Permission> permissions(VirtualPath path) {
        home.adopt();
        return allowed(path);
    }

    private Set<Permission> allowed(VirtualPath path) {
        Set<Permission> granted = rights.at(path);
        return storage().isReadOnly(path) ? Permission.reading(granted) : granted;
    }

    /** The same as listings show it: a virtual folder itself, and each directory above one, stays where it is. */
    public Set<Permission> shownPermissions(VirtualPath path) {
        return home.shown(path, permissions(path));
    }

    /** Why it may not do something there that it may do elsewhere. */
    public StorageException refusal(VirtualPath path) {
        return storage().isReadOnly(path)
                ? StorageException.because(
                        StorageException.Kind.NOT_PERMITTED, path, "nothing can be changed there: it is read-only")
                : StorageException.of(StorageException.Kind.NOT_PERMITTED, path);
    }

    /**
     * Whether the account may know that there is a file or directory. Where it may not, nothing that it is told may depend on
     * that.
     */
    public boolean reveals(VirtualPath path) {
        return rights.reveal(path);
    }

    /** Whether this path or one below it has permissions of its own, which something of another name would not have. */
    public boolean permissionsName(VirtualPath path) {
        return rights.name(path);
    }

    /** Whether directories below this one have permissions of their own. */
    public boolean permissionsVaryBelow(VirtualPath path) {
        return rights.varyBelow(path) || home.hasFoldersBelow(path);
    }

    /** Whether the account may have begun an upload there. */
    private boolean mayUpload(VirtualPath path) {
        Set<Permission> allowed = allowed(path);
        return reveals(path) && (allowed.contains(Permission.UPLOAD) || allowed.contains(Permission.OVERWRITE));
    }

    /**
     * Makes a readable directory the working directory.
     *
     * @throws StorageException NOT_FOUND, NOT_A_DIRECTORY, NOT_PERMITTED, OUTSIDE_HOME; then nothing changes
     */
    public void changeWorkingDirectory(VirtualPath directory) throws IOException {
        home.adopt();
        try {
            requireDirectory(directory);
        } catch (StorageException refused) {
            throw reveals(directory) ? refused : StorageException.of(StorageException.Kind.NOT_FOUND, directory);
        }
        workingDirectory = directory;
    }

    private void requireDirectory(VirtualPath directory) throws IOException {
        if (!storage().metadata(directory).isDirectory()) {
            throw StorageException.of(StorageException.Kind.NOT_A_DIRECTORY, directory);
        }
        if (!storage().isAccessible(directory, Access.EXECUTE)) {
            throw StorageException.of(StorageException.Kind.NOT_PERMITTED, directory);
        }
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
            return file(resolved(name)); // it may be asked for in the midst of a command
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
        PartialFiles now = partials();
        return seen(new StoredFile(now.place().storage(), path, rights, now, null));
    }

    private FtpFile seen(StoredFile stored) {
        File physical = home.physical(stored.path());
        return physical == null ? stored : new LocalFtpFile(physical, stored, this::seen);
    }
}
