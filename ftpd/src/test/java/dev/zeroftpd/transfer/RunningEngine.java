package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.PeerHabit;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A patient engine, registered in a field of a test class: started before each test and closed after it. */
public final class RunningEngine implements BeforeEachCallback, AfterEachCallback {

    private @Nullable TransferEngine engine;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        engine = TransferEngine.start(Duration.ofMinutes(1));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        get().close();
    }

    public TransferEngine get() {
        return Objects.requireNonNull(engine, "the engine runs while a test does");
    }

    /** Sends a file from {@code offset} on by zero-copy. */
    Completion send(DataConnection connection, LocalFile source, long offset) {
        Completion completion = new Completion();
        get().sendFile(
                        new FileSend(
                                source, offset, connection.server(), Throttle.NONE, System.nanoTime(), new PeerHabit()),
                        completion);
        return completion;
    }

    /** The same from its beginning, for a test that needs the transfer. */
    Transfer send(DataConnection connection, LocalFile source, Completion completion) {
        return get().sendFile(
                        new FileSend(source, 0, connection.server(), Throttle.NONE, System.nanoTime(), new PeerHabit()),
                        completion);
    }

    Completion stream(DataConnection connection, StreamTask task) throws IOException {
        return stream(new ReadyChannel(new PlainDataChannel(connection.server())), task);
    }

    Completion stream(DataChannelOpener opener, StreamTask task) {
        Completion completion = new Completion();
        stream(opener, task, completion);
        return completion;
    }

    Transfer stream(DataChannelOpener opener, StreamTask task, Completion completion) {
        return get().stream(
                new StreamSpec(opener, task, StreamReason.UPLOAD, Throttle.NONE, System.nanoTime()), completion);
    }
}
