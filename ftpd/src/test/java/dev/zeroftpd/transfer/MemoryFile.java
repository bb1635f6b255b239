package dev.zeroftpd.transfer;

import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.Random;

/** A file in memory that is being received. Written by one thread, looked at by any. */
final class MemoryFile implements FileSink {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final WritableByteChannel channel;
    private volatile Optional<byte[]> published = Optional.empty();
    private volatile Optional<Outcome> interruptedBy = Optional.empty();
    private boolean takesOldPlace;
    private Optional<IOException> failure = Optional.empty();

    MemoryFile() {
        this(Integer.MAX_VALUE, new Random(1));
    }

    /** One that takes between one and {@code mostBytes} bytes a call. */
    MemoryFile(int mostBytes, Random random) {
        this.channel = new Chunked.Sink(received, mostBytes, random);
    }

    void failToPublish(IOException why) {
        failure = Optional.of(why);
    }

    /** As if another file had its name. */
    void takeOldPlace() {
        takesOldPlace = true;
    }

    void awaitBytes(int count) {
        await().until(() -> received.size() >= count);
    }

    int size() {
        return received.size();
    }

    Optional<byte[]> published() {
        return published;
    }

    Optional<Outcome> interruptedBy() {
        return interruptedBy;
    }

    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    @Override
    public long start() {
        return 0;
    }

    @Override
    public void complete() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        published = Optional.of(received.toByteArray());
    }

    @Override
    public boolean replaces() {
        return takesOldPlace;
    }

    @Override
    public boolean completeIfNew() throws IOException {
        if (takesOldPlace) {
            interruptedBy = Optional.of(new Outcome.ClientVanished());
            return false;
        }
        complete();
        return true;
    }

    @Override
    public void interrupt(Outcome why) {
        interruptedBy = Optional.of(why);
    }
}
