package dev.zeroftpd.transfer.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** A connection that moves between one and a few bytes a call. One thread. */
public final class FewBytesChannel extends ForwardingDataChannel {

    private final int mostBytes;
    private final Random random;

    public FewBytesChannel(DataChannel channel, int mostBytes, Random random) {
        super(channel);
        this.mostBytes = mostBytes;
        this.random = random;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(1 + random.nextInt(mostBytes), target.remaining()));
        try {
            return super.read(target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        source.limit(source.position() + Math.min(1 + random.nextInt(mostBytes), source.remaining()));
        try {
            return super.write(source);
        } finally {
            source.limit(limit);
        }
    }
}
