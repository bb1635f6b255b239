package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.UnprovenEnd.Meaning;
import dev.zeroftpd.transfer.form.ConvertingSink;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Receives a file and publishes it only if all of it came. Threads as {@link StreamTask} says. */
public final class SinkStream implements StreamTask {

    private final FileSink sink;
    private final StoredBytes stored;
    private final WritableByteChannel decoded;
    private final TransferForm form;
    private final boolean demandCleanEnd;
    private final UnprovenEnd unprovenEnd;
    private final @Nullable ContentCheck check;
    private Meaning meaning = Meaning.COMPLETE;

    /**
     * Takes over {@code sink}.
     *
     * @param form what the bytes look like on the data connection
     * @param demandCleanEnd whether an end without TLS's close_notify, which anybody could have forged, makes the
     *     transfer a broken one
     * @param unprovenEnd asked what an end means that proves nothing
     * @param check asked whether what came may be published; null: it may
     */
    public SinkStream(
            FileSink sink,
            TransferForm form,
            boolean demandCleanEnd,
            UnprovenEnd unprovenEnd,
            @Nullable ContentCheck check) {
        this.check = check;
        this.sink = sink;
        this.form = form;
        this.unprovenEnd = unprovenEnd;
        this.stored = new StoredBytes(sink.channel());
        this.decoded = form.isImage() ? sink.channel() : form.decode(stored);
        this.demandCleanEnd = demandCleanEnd;
    }

    @Override
    public Outcome run(StreamChannel transfer) throws IOException {
        if (!form.isImage()) {
            stored.countFor(transfer);
        }
        if (check != null) {
            sink.endIf(transfer::isDecided); // only what is checked is copied first
        }
        Outcome received = transfer.receiveInto(decoded);
        boolean forgiven = received instanceof Outcome.TlsTruncated && !demandCleanEnd;
        Outcome outcome = forgiven ? new Outcome.Completed() : received;
        if (outcome instanceof Outcome.Completed) {
            if (!transfer.peerEndIsProof() && form.deflateLevel().isEmpty()) {
                meaning = unprovenEnd.meaning(sink.replaces()); // first, because the client goes on meanwhile
            }
            if (decoded instanceof ConvertingSink converting) {
                converting.finish();
            }
        }
        if (meaning == Meaning.BROKEN) {
            return new Outcome.ClientVanished();
        }
        return check == null || !(outcome instanceof Outcome.Completed) ? outcome : judged(check, transfer);
    }

    private Outcome judged(ContentCheck asked, StreamChannel transfer) throws IOException {
        Turn.current().leave(); // a program computes elsewhere
        return asked.judge(sink, transfer::isDecided);
    }

    @Override
    public Outcome finish(Outcome outcome) throws IOException {
        try (decoded) {
            if (!(outcome instanceof Outcome.Completed)) {
                sink.interrupt(outcome);
            } else if (meaning == Meaning.COMPLETE) {
                sink.complete();
            } else if (!sink.completeIfNew()) {
                return new Outcome.ClientVanished();
            }
        }
        return outcome;
    }
}
