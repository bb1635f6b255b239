package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Receives into a channel and remembers what it was told at the end. */
final class ReceivingTask implements StreamTask {

    private final WritableByteChannel sink;
    private final AtomicReference<@Nullable Outcome> finished = new AtomicReference<>();

    ReceivingTask(WritableByteChannel sink) {
        this.sink = sink;
    }

    static ReceivingTask to(Path file) throws IOException {
        return new ReceivingTask(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    @Override
    public Outcome run(StreamChannel transfer) throws IOException {
        return transfer.receiveInto(sink);
    }

    @Override
    public Outcome finish(Outcome outcome) throws IOException {
        assertThat(finished.getAndSet(outcome)).isNull();
        sink.close();
        return outcome;
    }

    /** Null until it has been told. */
    @Nullable
    Outcome finished() {
        return finished.get();
    }
}
