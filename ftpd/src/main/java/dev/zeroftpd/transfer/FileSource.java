package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Way;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * A file opened once for sending. Everything that is promised about it was decided from the open file, never from its
 * name. Used by one transfer, one thread at a time; closing is idempotent.
 */
public interface FileSource extends Closeable {

    /** The bytes promised: the open file's size when it was opened. */
    long size();

    /** The way this file can take at best. */
    Way way();

    /**
     * The open file, for {@code sendfile(2)}.
     *
     * @throws IllegalStateException if {@link #way()} is not zero-copy
     */
    FileChannel fileChannel();

    /** The file's bytes from {@code offset} (0 to {@link #size()}) on, for streaming. Owned by the caller. */
    ReadableByteChannel streamFrom(long offset) throws IOException;

    /** Compares the open file with what it was when it was opened. */
    Change change() throws IOException;

    /**
     * How often the calling thread has waited inside system calls: the difference across one that can't wait for its
     * socket tells whether it waited for the disk. Where that can't be known it grows with each look, so that everything
     * that takes long counts as a wait.
     */
    default long waitsOfThisThread() {
        return System.nanoTime();
    }

    /** What happened to an open file since it was opened. A rename over its name is no change of it. */
    enum Change {
        UNCHANGED,
        /** Appended to: the promised bytes are still what they were. */
        GROWN,
        SHRUNK,
        /** Same size with a new modification time: the promised bytes may be a mixture. */
        TOUCHED
    }
}
