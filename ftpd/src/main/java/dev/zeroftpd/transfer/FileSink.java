package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A file that is being received. Used by one transfer, one thread at a time. Exactly one of {@link #complete},
 * {@link #completeIfNew} and {@link #interrupt} must be called, once; each closes everything.
 */
public interface FileSink {

    /** Takes the file's own bytes, from {@link #start()} on. */
    WritableByteChannel channel();

    /** Position in the file of the first byte that is received, 0 or more. */
    long start();

    /**
     * Tells it what ends work of its own that takes long, by an exception; to be called before the first byte, if at all.
     *
     * @param decided true once what this does is in vain
     */
    default void endIf(BooleanSupplier decided) {}

    /** What the client should know of how this file is written; empty if it is as usual. */
    default String remark() {
        return "";
    }

    /**
     * Where programs of this machine find the whole content that {@link #complete} would make the file; empty if there is no
     * such place. To be asked when everything has come.
     *
     * @throws IOException if it is not what was announced
     */
    default Optional<String> whole() throws IOException {
        return Optional.empty();
    }

    /**
     * Asked before the first byte, of one who has said how many there will be. What is written where it is may get shorter and longer
     * again, and isn't asked.
     *
     * @throws IOException if there is no room for that many; the caller then interrupts it
     */
    default void requireRoom(long count) throws IOException {}

    /** True if completing it now puts it into an old file's place; false if it is new, or changed where it is. */
    boolean replaces() throws IOException;

    /** Everything has come: makes it the file that the client named. */
    void complete() throws IOException;

    /**
     * Everything seems to have come: as {@link #complete()} if no file with that name was there before, else as
     * {@link #interrupt}.
     *
     * @return whether it is complete
     */
    boolean completeIfNew() throws IOException;

    /** The name that the file got where its own was taken by the end; empty if it has its own, or none. To be asked behind the end. */
    default Optional<String> otherName() {
        return Optional.empty();
    }

    /** Not everything has come: leaves no file that looks complete and was not there before. */
    void interrupt(Outcome why) throws IOException;
}
