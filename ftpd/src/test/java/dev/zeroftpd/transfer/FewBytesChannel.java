package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** A connection that moves between one and a few bytes a call. One thread. */
public record FewBytesChannel(DataChannel channel, int mostBytes, Random random) implements DataChannel {
    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(1 + random.nextInt(mostBytes), target.remaining()));
        try {
            return channel.read(target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        source.limit(source.position() + Math.min(1 + random.nextInt(mostBytes), source.remaining()));
        try {
            return channel.write(source);
        } finally {
            source.limit(limit);
        }
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
