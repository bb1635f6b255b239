package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.folder.Folder;
import dev.zeroftpd.storage.folder.FolderedStorage;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.User;
import org.jspecify.annotations.Nullable;

/**
 * One session's home, with its account as it was read last: the rights and the folders are always those of one reading.
 * Thread-safe.
 *
 * <p>An edit holds from the next command on, which {@link #adopt}s it; until then, what was allowed is done where it was
 * allowed. What is under way, such as an upload, ends where it began. An account without folders has its home alone.
 */
final class CurrentHome {

    private static final Set<Permission> MOVING = Set.of(Permission.RENAME, Permission.RMDIR);

    private final OpenHome home;
    private final FolderSource source;
    private final FolderOpening opening;

    /** Until the session's end, because a transfer may still use a folder that the account has no more. */
    private final List<Runnable> releases = new ArrayList<>();

    private boolean released;
    private volatile Reading edited;
    private volatile View view;

    /** A folder is the directory that it was at login, as the home is. */
    CurrentHome(OpenHome home, User account, FolderSource source, FolderOpening opening) {
        this.home = home;
        this.source = source;
        this.opening = opening;
        Reading reading = new Reading(account);
        this.edited = reading;
        View alone = new View(reading, List.of(), List.of(), home.storage());
        this.view = alone;
        this.view = as(reading, alone);
    }

    /** An account as it was read once: the same as no other. */
    private static final class Reading {

        private final User account;

        Reading(User account) {
            this.account = account;
        }
    }

    /** What an account has, as it was read. */
    private record View(Reading reading, List<FolderSource.Choice> chosen, List<Folder> folders, Storage storage) {}

    Storage storage() {
        return view.storage();
    }

    /** The account that decides what may be done in {@link #storage}. */
    User account() {
        return view.reading().account;
    }

    /** The account that decides once a command has begun. Never blocks. */
    User accountNow() {
        return edited.account;
    }

    /** Notes the account as it is from the next command on. Never blocks. */
    void use(User account) {
        edited = new Reading(account);
    }

    /** What a command begins with: from now on, the account is as {@link #use} said. May block in the file system. */
    void adopt() {
        if (view.reading() != edited) {
            follow();
        }
    }

    private synchronized void follow() {
        Reading reading = edited;
        if (!released && view.reading() != reading) {
            view = as(reading, view);
        }
    }

    private View as(Reading reading, View before) {
        List<FolderSource.Choice> chosen = source.of(reading.account);
        if (chosen.equals(before.chosen())) {
            return new View(reading, before.chosen(), before.folders(), before.storage());
        }
        List<Folder> folders = new ArrayList<>();
        for (FolderSource.Choice choice : chosen) {
            int same = before.chosen().indexOf(choice);
            folders.add(same >= 0 ? before.folders().get(same) : opened(reading.account, choice));
        }
        return new View(
                reading,
                chosen,
                folders,
                folders.isEmpty() ? home.storage() : new FolderedStorage(home.storage(), folders));
    }

    private Folder opened(User user, FolderSource.Choice choice) {
        FolderOpening.Opened opened = opening.open(user, choice, home.storage()::umask);
        releases.add(opened.release());
        return opened.folder();
    }

    /** Where a path is on this machine; null if it is elsewhere. */
    @Nullable
    File physical(VirtualPath path) {
        Folder innermost = null;
        for (Folder folder : view.folders()) { // in the order of their paths
            if (path.startsWith(folder.at())) {
                innermost = folder;
            }
        }
        if (innermost != null) {
            return HomeUri.scheme(innermost.root()).isEmpty() ? physical(path, innermost) : null;
        }
        Optional<File> directory = home.directory();
        return directory.isPresent() ? new File(directory.get(), path.relative()) : null;
    }

    boolean hasFoldersBelow(VirtualPath directory) {
        return storage() instanceof FolderedStorage foldered && foldered.hasFoldersBelow(directory);
    }

    /** @throws StorageException NOT_PERMITTED for a folder itself and for what is above one */
    void requireMovable(VirtualPath path) throws StorageException {
        if (storage() instanceof FolderedStorage foldered) {
            foldered.requireNoFolder(path);
        }
    }

    /** What of the {@code granted} is left of a path that stays what and where it is. */
    Set<Permission> shown(VirtualPath path, Set<Permission> granted) {
        return storage() instanceof FolderedStorage foldered && foldered.isFixed(path)
                ? Permission.without(granted, MOVING)
                : granted;
    }

    private static File physical(VirtualPath path, Folder folder) {
        return path.equals(folder.at())
                ? new File(folder.root())
                : new File(folder.root(), path.relativeTo(folder.at()));
    }

    boolean caseInsensitive() {
        return home.caseInsensitive();
    }

    /** Once, at the session's end. */
    synchronized void release() {
        released = true;
        home.release();
        releases.forEach(Runnable::run);
        releases.clear();
    }
}
