package dev.zeroftpd.storage;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.WriteRequest;

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
    private volatile VirtualPath workingDirectory = VirtualPath.ROOT;

    /** @param renameOverwrites whether RNTO replaces files */
    SessionFileSystem(User user, OpenHome home, UploadContext uploads, boolean renameOverwrites) {
        this.renameOverwrites = renameOverwrites;
        this.user = user;
        this.home = home;
        this.partials = new PartialFiles(home.storage(), uploads, user.getName(), user.getHomeDirectory());
    }

    public Storage storage() {
        return home.storage();
    }

    /** How this account's uploads become files; ask {@link #requireWritePermission} before. */
    public Uploads uploads() {
        return new Uploads(storage(), partials);
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
        if (PartialName.isPartial(path.name())) {
            throw new StorageException(StorageException.Kind.INVALID_NAME, path + ": a reserved name");
        }
        return home.caseInsensitive() ? CaseInsensitiveNames.existing(home.storage(), path) : path;
    }

    /**
     * Opens a directory for reading its entries, as {@link Storage#list} does; those rests of broken uploads there that
     * are too old are deleted meanwhile.
     */
    public DirectoryListing list(VirtualPath directory) throws IOException {
        partials.visit(directory);
        return storage().list(directory);
    }

    /**
     * Removes a directory, also one that is empty but for the hidden rests of broken uploads; a symbolic link itself. Ask
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
        return directory.isPresent() ? new LocalFtpFile(directory.get(), stored) : new ProviderFtpFile(stored);
    }
}
