package dev.zeroftpd.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** A file opened for writing, positioned where the first byte goes. Used by one thread at a time; closing is idempotent. */
public interface WritableFile extends Closeable {

    /** A {@link java.nio.channels.FileChannel} for files of the local file system. Closed with this. */
    SeekableByteChannel channel();

    /**
     * Sets disk space aside for {@code count} bytes from {@code offset} on, which are about to be written; what was not
     * needed is given back when this is closed. Only for a file that no other upload writes meanwhile: giving space
     * back would cut off what another one appended.
     *
     * @return false where that isn't possible or doesn't pay; the file can still be written
     */
    default boolean reserve(long offset, long count) {
        return false;
    }

    /**
     * Sets disk space aside for {@code count} bytes from {@code offset} on before any of them is overwritten, where the file
     * system can, and what the account may still store.
     *
     * @throws StorageException NO_SPACE, QUOTA, TOO_LARGE
     */
    default void requireSpace(long offset, long count) throws StorageException {}

    /**
     * A path by which programs of this machine find the file now, until this is closed; empty where it is in no file of this
     * machine.
     */
    default Optional<String> pathForPrograms() {
        return Optional.empty();
    }

    /** The directories above it now, up to the root of the machine, as far as they can be known. */
    default List<FileIdentity> directoriesAbove() {
        return List.of();
    }

    /**
     * Refuses now what would be refused of a byte before {@code end}, where that is known already. Sets nothing aside.
     *
     * @param end bytes from the beginning of the file
     * @throws StorageException QUOTA, TOO_LARGE
     */
    default void requireRoomUpTo(long end) throws StorageException {}

    /** Which file this is; empty where that can't be known. */
    default Optional<FileIdentity> identity() {
        return Optional.empty();
    }

    /**
     * Makes sure that the file still has a name, as far as the file system can tell: what was written to it is lost
     * otherwise.
     *
     * @throws StorageException FAILED
     */
    default void requireNamed() throws StorageException {}

    /**
     * Ends the writing: closes the channel and gives back the space that was not needed. What could not be written is known
     * afterwards at the latest. The file is still this one, whatever its name, until this is closed. Idempotent.
     */
    void finish() throws IOException;

    /**
     * Changes what owner, group and others may do, also after {@link #finish}; nothing where files have no permissions, or
     * theirs can't be changed.
     *
     * @param mode POSIX permission bits, 0 to 0777
     * @throws StorageException NO_SPACE or QUOTA: some file systems need space even for that
     */
    void setPermissions(int mode) throws StorageException;

    /** Returns when what was written is on the disk; does nothing on file systems that have no such notion. */
    void force() throws IOException;
}
