package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.StorageSettings;
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

    /** The kernel itself keeps paths inside homes; where it can't, each segment is checked before it is used. */
    private final boolean confinedByKernel = LinuxFiles.areUsable();

    private final ProviderFileSystems fileSystems = new ProviderFileSystems();

    public HomeFileSystemFactory(
            StorageSettings storage, UploadSettings upload, TransferSettings transfer, HomeOptions options) {
        ZeroCopyDecision zeroCopy = new ZeroCopyDecision(transfer);
        this.context = new StorageContext(
                storage.symlinks(), storage.listLinks(), upload.umask(), zeroCopy, new AccountNames());
        this.options = options;
        this.renameOverwrites = storage.renameOverwrites();
        this.uploads = UploadContext.of(upload);
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
            OpenHome opened = HomeUri.scheme(home).isPresent() ? openElsewhere(home) : openLocal(Path.of(home));
            return new SessionFileSystem(user, opened, uploads, renameOverwrites);
        } catch (IOException | RuntimeException failed) {
            throw new FtpException("the home of user " + user.getName() + " can't be opened: " + failed, failed);
        }
    }

    private static boolean isInFencedArchive(String home) {
        return HomeUri.archive(home).filter(Landlock::keepsOut).isPresent();
    }

    private OpenHome openLocal(Path home) throws IOException {
        Path absolute = home.toAbsolutePath().normalize();
        prepare(absolute);
        Storage storage =
                confinedByKernel ? new LinuxStorage(absolute, context) : new ProviderStorage(absolute, context);
        return new OpenHome(storage, Optional.of(absolute.toFile()), options.caseInsensitive(), () -> {});
    }

    private OpenHome openElsewhere(String home) throws IOException {
        Path path = fileSystems.acquire(URI.create(home), options.create());
        if (path.getFileSystem().equals(FileSystems.getDefault())) {
            return openLocal(path);
        }
        try {
            prepare(path);
            Storage storage = new ProviderStorage(path, context);
            Optional<File> notOnThisMachine = Optional.empty();
            return new OpenHome(storage, notOnThisMachine, options.caseInsensitive(), () -> fileSystems.release(path));
        } catch (IOException | RuntimeException failed) {
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
