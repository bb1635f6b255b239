package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams an opened file with the same promise as the zero-copy path: exactly the bytes from an offset to the size that
 * the file had when it was opened, or an outcome that says what happened to it. Threads as {@link StreamTask} says.
 */
public final class SourceStream implements StreamTask {

    /** Wraps a file's bytes into what goes over the wire. */
    @FunctionalInterface
    public interface Encoding {
        ReadableByteChannel apply(ReadableByteChannel file) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SourceStream.class);

    private final FileSource source;
    private final long offset;
    private final Encoding encoding;

    /**
     * Takes over {@code source}.
     *
     * @param offset first byte of the file to send, 0 to the source's size
     * @param encoding wraps the file's bytes into what goes over the wire (ASCII, MODE Z)
     */
    public SourceStream(FileSource source, long offset, Encoding encoding) {
        if (offset < 0 || offset > source.size()) {
            throw new IllegalArgumentException("offset " + offset + " outside a file of " + source.size() + " bytes");
        }
        this.source = source;
        this.offset = offset;
        this.encoding = encoding;
    }

    @Override
    public Outcome run(StreamChannel transfer) throws IOException {
        try (PromisedBytes promised = new PromisedBytes(source.streamFrom(offset), source.size() - offset);
                ReadableByteChannel encoded = encoding.apply(promised)) {
            Outcome sent = transfer.sendFrom(encoded);
            if (promised.missing() > 0) {
                return new Outcome.SourceChanged(
                        "promised " + source.size() + " bytes, the file ended " + promised.missing() + " before that");
            }
            return sent instanceof Outcome.Completed ? unlessChanged(source) : sent;
        }
    }

    @Override
    public Outcome finish(Outcome outcome) {
        closeRead(source);
        return outcome;
    }

    /** The outcome of the transfer, once the file was sent to its end. */
    static Outcome unlessChanged(FileSource source) throws IOException {
        return switch (source.change()) {
            case UNCHANGED, GROWN -> new Outcome.Completed();
            case SHRUNK -> new Outcome.SourceChanged("the file became shorter while it was sent");
            case TOUCHED -> new Outcome.SourceChanged("the file was changed while it was sent");
        };
    }

    static void closeRead(FileSource source) {
        try {
            source.close();
        } catch (IOException e) {
            // everything that was to be read was read
            LOG.debug("closing a file that was read", e);
        }
    }
}
