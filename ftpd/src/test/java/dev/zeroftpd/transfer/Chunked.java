package dev.zeroftpd.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Random;

/** Channels over memory that deliver and accept between 1 and a few bytes a call. One thread each. */
public final class Chunked {
    private Chunked() {}

    public static ReadableByteChannel source(byte[] content, int mostBytes, Random random) {
        return new Source(ByteBuffer.wrap(content), mostBytes, random);
    }

    public static byte[] drain(ReadableByteChannel channel, int mostBytes, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(mostBytes));
            int count = channel.read(buffer);
            if (count < 0) {
                return out.toByteArray();
            }
            out.write(buffer.array(), 0, count);
        }
    }

    private record Source(ByteBuffer content, int mostBytes, Random random) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer target) {
            if (!content.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(1 + random.nextInt(mostBytes), target.remaining()), content.remaining());
            target.put(content.slice(content.position(), count));
            content.position(content.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Collects what is written, a few bytes a call. */
    public record Sink(ByteArrayOutputStream content, int mostBytes, Random random) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(1 + random.nextInt(mostBytes), source.remaining());
            for (int i = 0; i < count; i++) {
                content.write(source.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
