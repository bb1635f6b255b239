package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Files whose byte at each position is known without keeping them, so that a part received from any offset can be checked
 * while it arrives. Any thread.
 */
public final class PatternFile {

    /** A prime, so that no power of two of an implementation hides a shift by a whole period. */
    private static final int PERIOD = 65_521;

    private static final byte[] PATTERN = pattern();

    private PatternFile() {}

    private static byte[] pattern() {
        byte[] bytes = new byte[PERIOD];
        new SplittableRandom(959).nextBytes(bytes);
        return bytes;
    }

    public static Path write(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writePattern(channel, 0, size);
        }
        return file;
    }

    /** A file with a hole up to {@code dataFrom} and the pattern from there on. */
    public static Path writeSparse(Path file, long dataFrom, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writePattern(channel, dataFrom, size);
        }
        return file;
    }

    /** Writes the pattern's bytes of positions {@code from} to {@code end}. */
    public static void writePattern(FileChannel channel, long from, long end) throws IOException {
        for (long position = from; position < end; ) {
            int start = (int) (position % PERIOD);
            ByteBuffer part = ByteBuffer.wrap(PATTERN, start, (int) Math.min(PERIOD - start, end - position));
            position += channel.write(part, position);
        }
    }

    /** The pattern's bytes from {@code from} (inclusive) to {@code end} (exclusive). */
    public static byte[] bytes(long from, int end) {
        byte[] bytes = new byte[(int) (end - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = PATTERN[(int) ((from + i) % PERIOD)];
        }
        return bytes;
    }

    /** Reads to the end and asserts that it is the pattern from {@code offset} to {@code size}, nothing missing or more. */
    public static void assertRest(InputStream input, long offset, long size) throws IOException {
        assertThat(readPattern(input, offset, Long.MAX_VALUE))
                .as("position at the end")
                .isEqualTo(Math.max(offset, size));
    }

    /** Asserts the next {@code count} bytes and leaves the rest unread. */
    public static void assertNext(InputStream input, long offset, long count) throws IOException {
        assertThat(readPattern(input, offset, count)).isEqualTo(offset + count);
    }

    /** Asserts that all zeros come up to position {@code dataFrom}, then the pattern up to {@code size}. */
    public static void assertSparse(InputStream input, long offset, long dataFrom, long size) throws IOException {
        byte[] buffer = new byte[PERIOD];
        byte[] zeros = new byte[PERIOD];
        long position = offset;
        while (position < dataFrom) {
            int read = input.readNBytes(buffer, 0, (int) Math.min(buffer.length, dataFrom - position));
            assertThat(Arrays.equals(buffer, 0, read, zeros, 0, read))
                    .as("zeros at %d", position)
                    .isTrue();
            assertThat(read).as("bytes at %d", position).isPositive();
            position += read;
        }
        assertRest(input, position, size);
    }

    private static long readPattern(InputStream input, long offset, long count) throws IOException {
        byte[] buffer = new byte[PERIOD];
        long position = offset;
        while (position - offset < count) {
            int start = (int) (position % PERIOD);
            int wanted = (int) Math.min(PERIOD - start, count - (position - offset));
            int read = input.read(buffer, 0, wanted);
            if (read == -1) {
                break;
            }
            if (!Arrays.equals(buffer, 0, read, PATTERN, start, start + read)) {
                throw new AssertionError("wrong bytes between " + position + " and " + (position + read));
            }
            position += read;
        }
        return position;
    }

    /** Reads to the end and returns the number of bytes. */
    public static long count(InputStream input) throws IOException {
        byte[] buffer = new byte[PERIOD];
        long total = 0;
        for (int read = input.read(buffer); read != -1; read = input.read(buffer)) {
            total += read;
        }
        return total;
    }
}
