package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.os.AccountNames;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.ZeroCopyDecision;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderFileSystems;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.storage.upload.PartialPlace;
import dev.zeroftpd.storage.upload.UploadContext;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;

/**
 * Opens users' homes, wherever they are: a path of this machine, or a URI of any installed file system provider
 * ({@code jar:file:///srv/archive.zip}, {@code s3://bucket/}). Thread-safe.
 */
public final class HomeFileSystemFactory implements FileSystemFactory {

    private final StorageContext context;
    private final HomeOptions options;
    private final UploadContext uploads;
    private final boolean renameOverwrites;
    private final LimitedHomes limits;

    /** The kernel itself keeps paths inside homes; where it can't, each segment is checked before it is used. */
    private final boolean confinedByKernel = LinuxFiles.areUsable();

    private final ProviderFileSystems fileSystems = new ProviderFileSystems();

    private final FolderSource folders;
    private final FolderOpening folderOpening;

    /** For accounts without folders. */
    public HomeFileSystemFactory(
            StorageSettings storage, UploadSettings upload, TransferSettings transfer, HomeOptions options) {
        this(storage, upload, transfer, options, FolderSource.NONE, LimitedHomes.NONE);
    }

    /**
     * For accounts of which some have virtual folders, and some limits.
     *
     * @param limits of homes, and of folders that lie in homes
     */
    public HomeFileSystemFactory(
            StorageSettings storage,
            UploadSettings upload,
            TransferSettings transfer,
            HomeOptions options,
            FolderSource folders,
            LimitedHomes limits) {
        this.limits = limits;
        ZeroCopyDecision zeroCopy = new ZeroCopyDecision(transfer);
        this.context = new StorageContext(
                storage.symlinks(), storage.listLinks(), upload.umask(), zeroCopy, new AccountNames());
        this.options = options;
        this.renameOverwrites = storage.renameOverwrites();
        this.uploads = UploadContext.of(upload, options.checkedUploads());
        this.folders = folders;
        this.folderOpening = new FolderOpening(context, fileSystems, confinedByKernel, limits);
    }

    @Override
    public SessionFileSystem createFileSystemView(User user) throws FtpException {
        String home = user.getHomeDirectory();
        if (home == null || home.isBlank()) {
            throw new FtpException("user " + user.getName() + " has no home directory");
        }
        if (HomeUri.scheme(home).isEmpty() ? Landlock.keepsOut(Path.of(home)) : isInFencedArchive(home)) {
            throw new FencedHomeException(user.getName(), home);
        }
        try {
            return session(user, open(user, context));
        } catch (IOException | RuntimeException | LinkageError failed) { // a provider is code of others
            throw new FtpException("the home of user " + user.getName() + " can't be opened: " + failed, failed);
        }
    }

    private SessionFileSystem session(User user, OpenHome opened) {
        try {
            CurrentHome current = new CurrentHome(opened, user, folders, folderOpening);
            return new SessionFileSystem(user, current, uploads, renameOverwrites);
        } catch (RuntimeException | LinkageError failed) {
            opened.release();
            throw failed;
        }
    }

    /**
     * Opens the whole of an account's home for the server itself: it follows no link, and sees links as such.
     *
     * @throws IOException if the home can't be opened
     */
    public HomeTree tree(User user) throws IOException {
        StorageContext ownEyes = new StorageContext(
                SymlinkPolicy.DENY, LinkListing.LINK, context.umask(), context.zeroCopy(), context.names());
        OpenHome opened = open(user, ownEyes);
        return new HomeTree(
                opened.storage(),
                new PartialPlace(opened.storage(), uploads, user.getHomeDirectory()),
                opened::release);
    }

    private OpenHome open(User user, StorageContext how) throws IOException {
        String home = user.getHomeDirectory();
        OpenHome opened = HomeUri.scheme(home).isPresent() ? openElsewhere(home, how) : openLocal(Path.of(home), how);
        return opened.around(storage -> limits.limit(user, storage));
    }

    private static boolean isInFencedArchive(String home) {
        return HomeUri.archive(home).filter(Landlock::keepsOut).isPresent();
    }

    private OpenHome openLocal(Path home, StorageContext how) throws IOException {
        Path absolute = home.toAbsolutePath().normalize();
        prepare(absolute);
        Storage storage = confinedByKernel ? new LinuxStorage(absolute, how) : new ProviderStorage(absolute, how);
        return new OpenHome(storage, Optional.of(absolute.toFile()), options.caseInsensitive(), () -> {});
    }

    private OpenHome openElsewhere(String home, StorageContext how) throws IOException {
        Path path = fileSystems.acquire(URI.create(home), options.create());
        if (path.getFileSystem().equals(FileSystems.getDefault())) {
            return openLocal(path, how);
        }
        try {
            prepare(path);
            Storage storage = new ProviderStorage(path, how);
            Optional<File> notOnThisMachine = Optional.empty();
            return new OpenHome(storage, notOnThisMachine, options.caseInsensitive(), () -> fileSystems.release(path));
        } catch (IOException | RuntimeException | LinkageError failed) {
            fileSystems.release(path);
            throw failed;
        }
    }

    private void prepare(Path home) throws IOException {
        if (options.create() && !Files.exists(home)) {
            Files.createDirectories(home);
        }
        if (!Files.isDirectory(home)) {
            throw new IOException(home + " is not a directory");
        }
    }
}
