package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Receives a file and publishes it only if all of it came. Threads as {@link StreamTask} says. */
public final class SinkStream implements StreamTask {

    private final FileSink sink;
    private final WritableByteChannel decoded;
    private final boolean demandCleanEnd;

    /**
     * Takes over {@code sink}.
     *
     * @param form what the bytes look like on the data connection
     * @param demandCleanEnd whether an end without TLS's close_notify, which anybody could have forged, makes the
     *     transfer a broken one
     */
    public SinkStream(FileSink sink, TransferForm form, boolean demandCleanEnd) {
        this.sink = sink;
        this.decoded = form.decode(sink.channel());
        this.demandCleanEnd = demandCleanEnd;
    }

    @Override
    public Outcome run(StreamTransfer transfer) throws IOException {
        Outcome received = transfer.receiveInto(decoded);
        boolean forgiven = received instanceof Outcome.TlsTruncated && !demandCleanEnd;
        Outcome outcome = forgiven ? new Outcome.Completed() : received;
        if (outcome instanceof Outcome.Completed && decoded instanceof ConvertingSink converting) {
            converting.finish();
        }
        return outcome;
    }

    @Override
    public Outcome finish(Outcome outcome) throws IOException {
        try (decoded) {
            if (outcome instanceof Outcome.Completed) {
                sink.complete();
            } else {
                sink.interrupt(outcome);
            }
        }
        return outcome;
    }
}
