package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.folder.Folder;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderFileSystems;
import dev.zeroftpd.storage.provider.ProviderStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.User;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Opens virtual folders as homes are opened, but lets no log-in fail: a folder that can't be used says so to those who enter
 * it. Thread-safe; may block in the file system.
 *
 * @param confinedByKernel whether the kernel itself keeps paths inside
 */
record FolderOpening(
        StorageContext context, ProviderFileSystems fileSystems, boolean confinedByKernel, LimitedHomes limits) {

    private static final FewLines CLOSED_FOLDERS = FewLines.perMinute(LoggerFactory.getLogger(FolderOpening.class), 20);

    private static final String FENCED = "can't be opened by the server until it is restarted; ask the administrator";

    static final String CLOSED = "can't be opened at the moment; log in again later";

    /**
     * A folder, and what is to be done when no session uses it any more.
     *
     * @param release to be run once
     */
    record Opened(Folder folder, Runnable release) {

        /** One that holds nothing. */
        private static Opened of(Folder folder) {
            return new Opened(folder, () -> {});
        }
    }

    /**
     * Opens a folder; one of another file system only once it is looked at.
     *
     * @param user whose session it is
     * @param umask what the session chose, if it did
     */
    Opened open(User user, FolderSource.Choice choice, Supplier<OptionalInt> umask) {
        if (HomeUri.scheme(choice.root()).isPresent()) {
            LaterFolder later = new LaterFolder(choice, looked -> with(umask, openElsewhere(user, looked)));
            return new Opened(new Folder(choice.at(), choice.root(), choice.readOnly(), later), later::release);
        }
        Path root = Path.of(choice.root());
        return Landlock.keepsOut(root) ? unusable(choice, FENCED) : with(umask, Opened.of(local(user, choice, root)));
    }

    private static Opened with(Supplier<OptionalInt> umask, Opened opened) {
        umask.get().ifPresent(chosen -> opened.folder().way().opened().ifPresent(made -> made.setUmask(chosen)));
        return opened;
    }

    static Opened unusable(FolderSource.Choice choice, String fault) {
        return Opened.of(Folder.unusable(choice.at(), choice.root(), choice.readOnly(), fault));
    }

    private Folder local(User user, FolderSource.Choice choice, Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        return folder(
                user,
                choice,
                confinedByKernel
                        ? new LinuxStorage(absolute, choice.at(), context)
                        : new ProviderStorage(absolute, choice.at(), context));
    }

    private Folder folder(User user, FolderSource.Choice choice, Storage storage) {
        Storage limited = choice.readOnly() ? storage : limits.limitFolder(user, choice.root(), storage);
        return Folder.of(choice.at(), choice.root(), choice.readOnly(), limited);
    }

    private Opened openElsewhere(User user, FolderSource.Choice choice) {
        if (HomeUri.archive(choice.root()).filter(Landlock::keepsOut).isPresent()) {
            return unusable(choice, FENCED);
        }
        try {
            return acquire(user, choice);
        } catch (IOException | RuntimeException | LinkageError failed) { // a provider is code of others
            CLOSED_FOLDERS.write(
                    Level.WARN, () -> "The folder " + choice.root() + " can't be opened: " + FailureReason.of(failed));
            return unusable(choice, CLOSED);
        }
    }

    private Opened acquire(User user, FolderSource.Choice choice) throws IOException {
        Path path = fileSystems.acquire(URI.create(choice.root()), false);
        Runnable release = () -> fileSystems.release(path);
        try {
            Folder folder = path.getFileSystem().equals(FileSystems.getDefault())
                    ? local(user, choice, path)
                    : folder(user, choice, new ProviderStorage(path, choice.at(), context));
            return new Opened(folder, release);
        } catch (RuntimeException | LinkageError failed) {
            release.run();
            throw failed;
        }
    }
}
