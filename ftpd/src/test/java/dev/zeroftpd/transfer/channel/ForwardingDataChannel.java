package dev.zeroftpd.transfer.channel;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A data channel that passes everything on, for those that do one thing in another way. Threads as the channel has it. */
public class ForwardingDataChannel implements DataChannel {

    private final DataChannel channel;

    public ForwardingDataChannel(DataChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public boolean peerEndedCleanly() {
        return channel.peerEndedCleanly();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public void reset() {
        channel.reset();
    }
}
