package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
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
        engine = TransferEngine.start();
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
        send(connection, source, offset, GenerousLimits.limits(), completion);
        return completion;
    }

    /** The same from its beginning, within {@code limits}. */
    Completion send(DataConnection connection, LocalFile source, TransferLimits limits) {
        Completion completion = new Completion();
        send(connection, source, 0, limits, completion);
        return completion;
    }

    /** The same for a test that needs the transfer. */
    Transfer send(DataConnection connection, LocalFile source, Completion completion) {
        return send(connection, source, 0, GenerousLimits.limits(), completion);
    }

    private Transfer send(
            DataConnection connection, LocalFile source, long offset, TransferLimits limits, Completion completion) {
        return get().start(
                        new TransferRequest.ZeroCopy(source, offset, connection.server(), limits, System.nanoTime()),
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
        return stream(opener, task, GenerousLimits.limits(), completion);
    }

    Transfer stream(DataChannelOpener opener, StreamTask task, TransferLimits limits, Completion completion) {
        return get().start(
                        new TransferRequest.Stream(opener, task, StreamReason.UPLOAD, limits, System.nanoTime()),
                        completion);
    }
}
