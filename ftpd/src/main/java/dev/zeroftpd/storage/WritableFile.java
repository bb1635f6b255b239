package dev.zeroftpd.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** A file opened for writing, positioned where the first byte goes. Used by one thread at a time; closing is idempotent. */
public interface WritableFile extends Closeable {

    /** A {@link java.nio.channels.FileChannel} for files of the local file system. Closed with this. */
    SeekableByteChannel channel();

    /** Returns when what was written is on the disk; does nothing on file systems that have no such notion. */
    void force() throws IOException;
}
