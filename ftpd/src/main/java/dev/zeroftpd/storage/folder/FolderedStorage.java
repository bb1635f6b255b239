package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Place;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * A home with virtual folders in it. Thread-safe.
 *
 * <p>The text of a path alone decides what it belongs to: the deepest folder that it begins with, or else the home. That
 * resolves it beneath its own directory, so no link leads from one to another, and {@code ..} was removed by name before.
 * A folder hides what the home has under its name. A directory that only leads to folders need not be on any disk: then it
 * shows them, and nothing can be made in it. Folders, and what leads to them, can't be removed, replaced or renamed.
 */
public final class FolderedStorage implements Storage {

    private final Storage home;
    private final Folders folders;

    public FolderedStorage(Storage home, Collection<Folder> folders) {
        this.home = home;
        this.folders = new Folders(folders);
    }

    private Storage at(VirtualPath path) throws StorageException {
        Optional<Folder> folder = folders.of(path);
        return folder.isPresent() ? folder.get().storage() : home;
    }

    /** One look at a path. */
    private interface Look {
        Metadata at(Storage storage, VirtualPath path) throws IOException;
    }

    private Metadata look(VirtualPath path, Look look) throws IOException {
        if (isVirtual(path)) {
            return VirtualDirectory.ON_THE_WAY;
        }
        try {
            return look.at(at(path), path);
        } catch (StorageException refused) {
            throw refused.kind() == Kind.NOT_FOUND && folders.isOne(path) ? gone(path) : refused;
        }
    }

    /** Not NOT_FOUND: the name still belongs to the folder, so no command may create a file or directory under it. */
    private static StorageException gone(VirtualPath folder) {
        return StorageException.because(
                Kind.NOT_PERMITTED, folder, "is a virtual folder whose directory is not there at the moment");
    }

    /**
     * True for a directory that leads to folders and isn't one of the home or folder around it: whatever else has its name
     * there is hidden. Also where what is around can't be reached: the folders in it work without.
     */
    private boolean isVirtual(VirtualPath path) throws IOException {
        if (!folders.isOnTheWay(path)) {
            return false;
        }
        try {
            return !at(path).metadata(path).isDirectory();
        } catch (StorageException noDirectory) {
            return true;
        }
    }

    private void requireOnDisk(VirtualPath directory) throws IOException {
        if (isVirtual(directory)) {
            throw StorageException.because(
                    Kind.NOT_PERMITTED,
                    directory,
                    "only leads to virtual folders; nothing can be made or changed in it");
        }
    }

    /**
     * Lets only pass what may be removed or renamed.
     *
     * @throws StorageException NOT_PERMITTED for a folder itself and for what is above one
     */
    public void requireNoFolder(VirtualPath path) throws StorageException {
        if (folders.isOne(path)) {
            throw StorageException.because(
                    Kind.NOT_PERMITTED, path, "is a virtual folder, which can't be changed itself");
        }
        if (folders.holdsOne(path)) {
            throw StorageException.because(
                    Kind.NOT_PERMITTED, path, "has a virtual folder in it, and stays where it is");
        }
    }

    private void requireFree(VirtualPath path) throws StorageException {
        if (folders.isOne(path) || folders.isOnTheWay(path)) {
            throw StorageException.of(Kind.EXISTS, path);
        }
    }

    /** Whether a folder is somewhere below. */
    public boolean hasFoldersBelow(VirtualPath directory) {
        return folders.holdsOne(directory);
    }

    /** True of a folder itself and of what is above one. */
    public boolean isFixed(VirtualPath path) {
        return folders.isOne(path) || folders.holdsOne(path);
    }

    @Override
    public FileSource openForReading(VirtualPath path) throws IOException {
        requireNoDirectory(path);
        return at(path).openForReading(path);
    }

    private void requireNoDirectory(VirtualPath path) throws StorageException {
        if (folders.isOnTheWay(path)) {
            throw StorageException.of(Kind.NOT_A_FILE, path);
        }
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        requireNoDirectory(path);
        requireOnDisk(path.parent());
        return at(path).openForWriting(path, mode, offset);
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        return look(path, Storage::metadata);
    }

    @Override
    public Metadata entry(VirtualPath path) throws IOException {
        return look(path, Storage::entry);
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        return look(path, Storage::listed);
    }

    @Override
    public boolean isAccessible(VirtualPath path, Access access) {
        try {
            return isVirtual(path) ? access != Access.WRITE : at(path).isAccessible(path, access);
        } catch (IOException absent) {
            return false;
        }
    }

    @Override
    public void requireWritable(VirtualPath path) throws IOException {
        requireOnDisk(path);
        at(path).requireWritable(path);
    }

    @Override
    public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
        SortedSet<String> names = folders.namesIn(directory);
        if (names.isEmpty()) {
            return at(directory).list(directory, wanted);
        }
        DirectoryListing others = isVirtual(directory)
                ? ListingWithFolders.NO_OTHERS
                : at(directory).list(directory, name -> !names.contains(name) && wanted.test(name));
        List<DirectoryEntry> shown = new ArrayList<>();
        for (String name : names) {
            if (wanted.test(name)) {
                shown.add(new DirectoryEntry(name, shown(directory.child(name))));
            }
        }
        return new ListingWithFolders(others, shown);
    }

    private Metadata shown(VirtualPath path) {
        try {
            return listed(path);
        } catch (IOException unreachable) {
            return Metadata.UNREACHABLE;
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        requireFree(path);
        requireOnDisk(path.parent());
        at(path).createDirectory(path);
    }

    @Override
    public void removeDirectory(VirtualPath path) throws IOException {
        requireNoFolder(path);
        at(path).removeDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        requireNoFolder(path);
        at(path).delete(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws IOException {
        move(from, to, false);
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws IOException {
        move(from, to, true);
    }

    /** A partial is beside its file: never in another folder. */
    @Override
    public void rename(FileIdentity seen, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        requireNoFolder(from);
        requireFree(to);
        requireOnDisk(to.parent());
        if (!areTogether(from, to)) {
            throw StorageException.of(Kind.ANOTHER_FILE_SYSTEM, to);
        }
        at(from).rename(seen, from, to, replaces);
    }

    private void move(VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        requireNoFolder(from);
        requireFree(to);
        requireOnDisk(to.parent());
        if (!areTogether(from, to)) {
            requireChangeable(to);
            at(from).renameInto(at(to), from, to, replaces);
        } else if (replaces) {
            at(from).replace(from, to);
        } else {
            at(from).rename(from, to);
        }
    }

    private void requireChangeable(VirtualPath path) throws StorageException {
        if (at(path).isReadOnly(path)) {
            throw StorageException.because(Kind.NOT_PERMITTED, path, "is in a folder that is read-only");
        }
    }

    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        requireNoFolder(from);
        at(from).renameInto(other, from, to, replaces);
    }

    @Override
    public boolean isReadOnly(VirtualPath path) {
        if (folders.of(path).filter(Folder::readOnly).isPresent()) {
            return true; // without a look
        }
        try {
            return isVirtual(path) || at(path).isReadOnly(path);
        } catch (IOException unreachable) {
            return true;
        }
    }

    @Override
    public boolean areTogether(VirtualPath one, VirtualPath other) {
        return folders.of(one).equals(folders.of(other));
    }

    @Override
    public Place place(String ofHome, VirtualPath path) {
        Optional<Folder> folder = folders.of(path);
        if (folder.isEmpty()) {
            return home.place(ofHome, path);
        }
        VirtualPath top = folder.get().at();
        String below = path.text().substring(top.text().length());
        return new Place(folder.get().root(), below.isEmpty() ? VirtualPath.ROOT : new VirtualPath(below));
    }

    @Override
    public boolean inherit(VirtualPath heir, VirtualPath from) throws IOException {
        return areTogether(heir, from) && at(heir).inherit(heir, from);
    }

    @Override
    public void forceDirectory(VirtualPath directory) throws IOException {
        at(directory).forceDirectory(directory);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws IOException {
        requireOnDisk(path);
        at(path).setModified(path, modified);
    }

    @Override
    public void copyAttributes(VirtualPath from, VirtualPath to) throws IOException {
        if (!areTogether(from, to)) {
            throw StorageException.of(Kind.ANOTHER_FILE_SYSTEM, to);
        }
        at(from).copyAttributes(from, to);
    }

    @Override
    public void setPermissions(VirtualPath path, int mode) throws IOException {
        if (folders.isOne(path)) {
            requireNoFolder(path);
        }
        requireOnDisk(path);
        at(path).setPermissions(path, mode);
    }

    @Override
    public OptionalInt umask() {
        return home.umask();
    }

    @Override
    public void setUmask(int umask) {
        home.setUmask(umask);
        folders.all().forEach(folder -> folder.way().opened().ifPresent(storage -> storage.setUmask(umask)));
    }

    @Override
    public boolean isLocal() {
        return home.isLocal()
                && folders.all().stream().allMatch(folder -> folder.way().isLocal());
    }

    /** Limits are those of the home, wherever the client is. */
    @Override
    public Optional<Room> room() {
        return home.room();
    }

    @Override
    public Optional<Room> room(VirtualPath path) throws IOException {
        return isVirtual(path) ? Optional.empty() : at(path).room(path);
    }

    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        return isVirtual(path) ? 0 : at(path).usableSpace(path);
    }
}
