package dev.zeroftpd.command.directory;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.command.listing.EntryWriter;
import dev.zeroftpd.command.listing.LineFormat;
import dev.zeroftpd.command.listing.ListingText;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.transfer.StreamChannel;
import dev.zeroftpd.transfer.StreamTask;
import dev.zeroftpd.transfer.form.ConvertingSink;
import dev.zeroftpd.transfer.form.ModeZDeflation;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.util.OptionalInt;

/** Sends a listing entry by entry. Threads as {@link StreamTask} says. */
record ListingTask(Walk walk, LineFormat format, NameCharset charset, OptionalInt deflateLevel) implements StreamTask {

    @Override
    public Outcome run(StreamChannel transfer) throws IOException {
        if (deflateLevel.isEmpty()) {
            write(new ListingText(transfer, charset));
            return new Outcome.Completed();
        }
        try (ConvertingSink deflated = new ConvertingSink(transfer, new ModeZDeflation(deflateLevel.getAsInt()))) {
            write(new ListingText(deflated, charset));
            deflated.finish();
        }
        return new Outcome.Completed();
    }

    private void write(ListingText text) throws IOException {
        walk.run(new EntryWriter(text, format));
        text.flush();
    }

    @Override
    public Outcome finish(Outcome outcome) throws IOException {
        walk.close();
        return outcome;
    }
}
