package dev.zeroftpd.transfer.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.transfer.Chunked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeZTest {
    private static final int CONTENTS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 200_000})
    void bringsBackWhatWasCompressedHoweverTheBytesAreDivided(int mostBytes) throws IOException {
        Random random = new Random(mostBytes);
        for (int i = 0; i < CONTENTS; i++) {
            byte[] content = randomContent(random);
            byte[] compressed = deflate(content, random.nextInt(10), mostBytes, random);
            assertThat(inflate(compressed, mostBytes, random)).isEqualTo(content);
        }
    }

    @Test
    void compressesToAStreamThatZlibReads() throws IOException {
        byte[] content = randomContent(new Random(2));
        var out = new ByteArrayOutputStream();
        try (var zlib = new InflaterOutputStream(out)) {
            zlib.write(deflate(content, ModeZDeflation.DEFAULT_LEVEL, 100, new Random(2)));
        }
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void pushesAListingThroughBuffersThatAreReused() throws IOException {
        Random random = new Random(3);
        var out = new ByteArrayOutputStream();
        var expected = new ByteArrayOutputStream();
        ConvertingSink sink = new ConvertingSink(new Chunked.Sink(out, 5, random), new ModeZDeflation(9));
        ByteBuffer buffer = ByteBuffer.allocateDirect(32);
        for (int i = 0; i < 100; i++) {
            byte[] line = ("file-" + i + "\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            expected.writeBytes(line);
            sink.write(buffer.clear().put(line).flip());
            buffer.clear();
        }
        sink.finish();
        sink.close();
        assertThat(inflate(out.toByteArray(), 9, random)).isEqualTo(expected.toByteArray());
    }

    @Test
    void refusesEveryTruncatedStream() throws IOException {
        byte[] content = randomContent(new Random(4));
        byte[] compressed = deflate(content, 6, 1000, new Random(4));
        for (int length = 0; length < compressed.length; length += 1 + length / 10) {
            byte[] cut = Arrays.copyOf(compressed, length);
            assertThatThrownBy(() -> inflate(cut, 500, new Random(4))).isInstanceOf(DamagedStreamException.class);
        }
    }

    @Test
    void refusesBytesBehindTheStream() throws IOException {
        byte[] compressed = deflate(new byte[1000], 6, 1000, new Random(5));
        byte[] longer = Arrays.copyOf(compressed, compressed.length + 1);
        assertThatThrownBy(() -> inflate(longer, 1, new Random(5)))
                .isInstanceOf(DamagedStreamException.class)
                .hasMessageContaining("follows");
    }

    @Test
    void refusesGarbage() {
        byte[] garbage = new byte[5000];
        new Random(6).nextBytes(garbage);
        assertThatThrownBy(() -> inflate(garbage, 300, new Random(6))).isInstanceOf(DamagedStreamException.class);
    }

    @Test
    void refusesADictionaryThatItCannotKnow() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(new byte[] {1, 2, 3});
        deflater.setInput(new byte[] {1, 2, 3});
        deflater.finish();
        byte[] buffer = new byte[100];
        byte[] withDictionary = Arrays.copyOf(buffer, deflater.deflate(buffer));
        deflater.end();
        assertThatThrownBy(() -> inflate(withDictionary, 300, new Random(6)))
                .isInstanceOf(DamagedStreamException.class)
                .hasMessageContaining("dictionary");
    }

    @Test
    void refusesAFlippedBit() throws IOException {
        byte[] compressed = deflate(randomContent(new Random(7)), 6, 1000, new Random(7));
        compressed[compressed.length / 2] ^= 4;
        assertThatThrownBy(() -> inflate(compressed, 1000, new Random(7))).isInstanceOf(DamagedStreamException.class);
    }

    @Test
    void writesNoMoreThanItsTargetTakesHoweverMuchAFewBytesStandFor() throws IOException {
        byte[] bomb = deflate(new byte[10_000_000], 9, 100_000, new Random(8));
        try (ModeZInflation inflation = new ModeZInflation()) {
            ByteBuffer target = ByteBuffer.allocate(100);
            inflation.convert(ByteBuffer.wrap(bomb), target);
            assertThat(target.hasRemaining()).isFalse();
        }
    }

    private static byte[] deflate(byte[] content, int level, int mostBytes, Random random) throws IOException {
        try (ConvertingSource source =
                new ConvertingSource(Chunked.source(content, mostBytes, random), new ModeZDeflation(level))) {
            return Chunked.drain(source, mostBytes, random);
        }
    }

    private static byte[] inflate(byte[] compressed, int mostBytes, Random random) throws IOException {
        try (ConvertingSource source =
                new ConvertingSource(Chunked.source(compressed, mostBytes, random), new ModeZInflation())) {
            return Chunked.drain(source, mostBytes, random);
        }
    }

    /** Half of it repeats, half of it doesn't compress. */
    private static byte[] randomContent(Random random) {
        byte[] content = new byte[random.nextInt(5000)];
        random.nextBytes(content);
        Arrays.fill(content, 0, content.length / 2, (byte) 'x');
        return content;
    }
}
