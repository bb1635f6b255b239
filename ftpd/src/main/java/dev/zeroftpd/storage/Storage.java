package dev.zeroftpd.storage;

import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * One user's home: the only place where a client's path becomes a file. Thread-safe; it holds
 * no descriptor and no buffer between two calls, so each session has its own.
 *
 * <p>No operation reaches a file outside the home, whatever links the path goes through and whatever directories are
 * renamed meanwhile, unless {@code storage.symlinks=follow} allows it. Whether the <em>user</em> may write is not
 * decided here but by the session's view of it; what is enforced here are the operating system's permissions of the
 * server's process. Every method may block in the file system, and throws {@link StorageException} for every failure
 * that the client should be told.
 */
public interface Storage {

    /**
     * Opens a regular file and decides from the open file how it can be sent. A pipe or a device is refused without being
     * opened.
     *
     * @throws StorageException NOT_FOUND, NOT_A_FILE, NOT_PERMITTED, OUTSIDE_HOME
     */
    FileSource openForReading(VirtualPath path) throws IOException;

    /**
     * Opens or creates a regular file. New files get 0666 without {@link #umask}. Those with a {@link HiddenName} are the
     * server's alone: new ones have never had more than 0600, old ones get it before anything is written.
     *
     * @param offset where the first byte goes with {@link WriteMode#AT_OFFSET}, otherwise ignored
     */
    WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException;

    /** What a path leads to, through whatever links may be followed. */
    Metadata metadata(VirtualPath path) throws IOException;

    /** What a path names itself: of a symbolic link its own metadata, wherever it leads. */
    Metadata entry(VirtualPath path) throws IOException;

    /** What a listing shows of a path: as {@code storage.list-links} says, the entry or what it leads to. */
    Metadata listed(VirtualPath path) throws IOException;

    /** What the server's process may do; false also if there is no such file. */
    boolean isAccessible(VirtualPath path, Access access);

    /**
     * Lets only files and directories pass that the server's process may write to.
     *
     * @throws StorageException NOT_FOUND; NOT_PERMITTED with the reason, such as a read-only file system
     */
    void requireWritable(VirtualPath path) throws IOException;

    /**
     * Opens a directory for reading its entries, without the partial files of uploads.
     *
     * @throws StorageException NOT_A_DIRECTORY, NOT_FOUND, NOT_PERMITTED
     */
    default DirectoryListing list(VirtualPath directory) throws IOException {
        return list(directory, name -> !HiddenName.isPartial(name));
    }

    /** The same for those entries whose names are {@code wanted}. */
    DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException;

    /**
     * Makes a directory with 0777 without {@link #umask}.
     *
     * @throws StorageException EXISTS, NOT_FOUND (the parent), NOT_PERMITTED
     */
    void createDirectory(VirtualPath path) throws IOException;

    /**
     * Removes an empty directory.
     *
     * @throws StorageException NOT_EMPTY, NOT_A_DIRECTORY, NOT_FOUND; NOT_PERMITTED for the home itself
     */
    void removeDirectory(VirtualPath path) throws IOException;

    /** Removes a file, or a symbolic link itself. */
    void delete(VirtualPath path) throws IOException;

    /**
     * Gives a file or directory another name. A symbolic link is renamed itself.
     *
     * @throws StorageException EXISTS if {@code to} exists; ANOTHER_FILE_SYSTEM
     */
    void rename(VirtualPath from, VirtualPath to) throws IOException;

    /**
     * Like {@link #rename}, but {@code to} is replaced at once if it exists: how a finished upload gets its name.
     *
     * @throws StorageException NOT_A_FILE if {@code to} is a directory; ANOTHER_FILE_SYSTEM
     */
    void replace(VirtualPath from, VirtualPath to) throws IOException;

    /**
     * Like {@link #rename} or {@link #replace}, but only of a certain file: a directory above may have been renamed, and another
     * have its name.
     *
     * @throws StorageException BUSY if {@code from} is not {@code seen}
     */
    default void rename(FileIdentity seen, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        if (!FileIdentity.of(entry(from)).equals(Optional.of(seen))) {
            throw StorageException.of(StorageException.Kind.BUSY, from);
        }
        if (replaces) {
            replace(from, to);
        } else {
            rename(from, to);
        }
    }

    /**
     * Like {@link #rename} or {@link #replace}, into another storage of the same session. Nothing is ever copied.
     *
     * @throws StorageException ANOTHER_FILE_SYSTEM unless both are on one file system, which can do it in one step
     */
    default void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        throw StorageException.of(StorageException.Kind.ANOTHER_FILE_SYSTEM, to);
    }

    /**
     * The other side of {@link #renameInto}, which asks it of a storage that is of another kind: what is put around a storage
     * counts what comes, and passes it on.
     *
     * @param other a storage with nothing around it
     * @throws StorageException ANOTHER_FILE_SYSTEM
     */
    default void renameFrom(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        throw StorageException.of(StorageException.Kind.ANOTHER_FILE_SYSTEM, to);
    }

    /**
     * Gives a file that is about to replace another the other's owner, group, permissions (but never setuid and setgid),
     * access control list and extended attributes, as far as the file system has them.
     *
     * @param heir no client sees it yet, so it doesn't matter if it has got only some of them
     * @return false if it can't have all of them, or {@code from} is a symbolic link: then it can't take its place
     */
    boolean inherit(VirtualPath heir, VirtualPath from) throws IOException;

    /** Returns when the names in a directory are on the disk; does nothing on file systems that have no such notion. */
    void forceDirectory(VirtualPath directory) throws IOException;

    /**
     * Sets the time of the last change.
     *
     * @throws StorageException UNSUPPORTED if the file system can't hold that time; then nothing changes
     */
    void setModified(VirtualPath path, Instant modified) throws IOException;

    /** Gives {@code to} owner, permissions and attributes of {@code from}, as far as its file system and rights allow. */
    void copyAttributes(VirtualPath from, VirtualPath to) throws IOException;

    /**
     * Changes what owner, group and others may do.
     *
     * @param mode POSIX permission bits, 0 to 0777
     */
    void setPermissions(VirtualPath path, int mode) throws IOException;

    /**
     * The permission bits that new files and directories don't get: {@code upload.umask} until {@link #setUmask}; empty
     * where files have no such permissions.
     */
    OptionalInt umask();

    /**
     * Changes that for what is created from now on.
     *
     * @param umask 0 to 0777
     */
    void setUmask(int umask);

    /** True if nothing there can be changed, whatever the account may do: in a folder that is read-only for it. */
    default boolean isReadOnly(VirtualPath path) {
        return false;
    }

    /** False if the paths are in different folders, or one in the home: no link leads from one to the other. */
    default boolean areTogether(VirtualPath one, VirtualPath other) {
        return true;
    }

    /**
     * What is the same for all sessions that reach it, whatever path leads there.
     *
     * @param home stands for the home
     */
    default Place place(String home, VirtualPath path) {
        return new Place(home, path);
    }

    /** False if the home is on another machine, or served by a program: then each look at it may take long. */
    boolean isLocal();

    /** What {@link #usableSpace} tells where the file system tells nothing. */
    long UNKNOWN_SPACE = Long.MAX_VALUE;

    /**
     * Bytes that may still be written where {@code path} is, by the server's process and this account; {@link #UNKNOWN_SPACE} where
     * neither the file system nor a quota tells.
     */
    long usableSpace(VirtualPath path) throws IOException;

    /** What the account may store here, and how much of that is used; empty without such limits. */
    default Optional<Room> room() {
        return Optional.empty();
    }

    /** The same for what is stored at {@code path}, where others' limits may hold. */
    default Optional<Room> room(VirtualPath path) throws IOException {
        return room();
    }
}
