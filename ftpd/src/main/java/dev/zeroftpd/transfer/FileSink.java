package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A file that is being received. Used by one transfer, one thread at a time. Exactly one of {@link #complete} and
 * {@link #interrupt} must be called, once; either closes everything.
 */
public interface FileSink {

    /** Takes the file's own bytes, from {@link #start()} on. */
    WritableByteChannel channel();

    /** Position in the file of the first byte that is received, 0 or more. */
    long start();

    /** Everything has come: makes it the file that the client named. */
    void complete() throws IOException;

    /** Not everything has come: leaves no file that looks complete and was not there before. */
    void interrupt(Outcome why) throws IOException;
}
