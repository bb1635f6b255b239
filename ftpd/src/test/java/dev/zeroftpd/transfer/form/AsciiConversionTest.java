package dev.zeroftpd.transfer.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.Chunked;
import dev.zeroftpd.transfer.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiConversionTest {
    @ParameterizedTest
    @CsvSource({
        "'a~b~', 'a^~b^~'",
        "'~', '^~'",
        "'~~', '^~^~'",
        "'a^~b', 'a^~b'",
        "'a^b', 'a^b'",
        "'^^~', '^^~'",
        "'a^', 'a^'",
        "'12345678~', '12345678^~'",
        "'1234567^~', '1234567^~'"
    })
    void sendsEachBareLineFeedAsCrLf(String local, String transmitted) throws IOException {
        assertThat(text(send(bytes(local), new Random(1), 100))).isEqualTo(visible(transmitted));
    }

    @ParameterizedTest
    @CsvSource({
        "'a^~b^~', 'a~b~'",
        "'a~b', 'a~b'",
        "'a^b', 'a^b'",
        "'^^~', '^~'",
        "'a^', 'a^'",
        "'^~^~', '~~'",
        "'1234567^~89', '1234567~89'"
    })
    void receivesEachCrLfAsLineFeedAndNothingElse(String transmitted, String local) throws IOException {
        assertThat(text(receive(bytes(transmitted), new Random(1), 100))).isEqualTo(visible(local));
    }

    @Property(seeds = 1_000)
    void convertsTheSameHoweverTheBytesAreDivided(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = randomText(random);
        int mostBytes = mostBytes(random);
        assertThat(send(text, random, mostBytes)).isEqualTo(expectedSent(text));
        assertThat(receive(text, random, mostBytes)).isEqualTo(expectedReceived(text));
    }

    @Property
    void bringsBackATextThatHadNoCarriageReturns(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = text(randomText(random)).replace("\r", "").getBytes(StandardCharsets.ISO_8859_1);
        int mostBytes = mostBytes(random);
        assertThat(receive(send(text, random, mostBytes), random, mostBytes)).isEqualTo(text);
    }

    @Property(seeds = 500)
    void pushesTheSameAsItPulls(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = randomText(random);
        assertThat(push(text, new AsciiReceiving(), random)).isEqualTo(expectedReceived(text));
        assertThat(push(text, new AsciiSending(), random)).isEqualTo(expectedSent(text));
    }

    @Property
    void countsWhatWouldBeTransmitted(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = randomText(random);
        try (AsciiCount count = new AsciiCount(Chunked.source(text, mostBytes(random), random))) {
            boolean more = true;
            while (more) {
                more = count.goOn(1 + random.nextInt(100));
            }
            assertThat(count.transmitted()).isEqualTo(expectedSent(text).length);
        }
    }

    @Property
    void findsTheLocalOffsetOfWhateverWasTransmitted(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = randomText(random);
        int offset = random.nextInt(text.length + 1);
        if (!insideLineEnd(text, offset)) {
            int transmitted = expectedSent(Arrays.copyOf(text, offset)).length;
            assertThat(AsciiLength.localOffset(Chunked.source(text, mostBytes(random), random), transmitted))
                    .hasValue(offset);
        }
    }

    @Property
    void restartsWhereverItStopped(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = randomText(random);
        byte[] sent = expectedSent(text);
        int offset = random.nextInt(sent.length + 1);
        int mostBytes = mostBytes(random);
        ConvertingSource source = new ConvertingSource(Chunked.source(text, mostBytes, random), new AsciiSending());
        source.skip(offset);
        assertThat(Chunked.drain(source, mostBytes, random)).isEqualTo(Arrays.copyOfRange(sent, offset, sent.length));
    }

    @Test
    void restartsAtAnyTransmittedOffset() throws IOException {
        byte[] text = bytes("one~two^~~three");
        byte[] sent = expectedSent(text);
        for (int offset = 0; offset <= sent.length; offset++) {
            ConvertingSource source =
                    new ConvertingSource(Chunked.source(text, 3, new Random(offset)), new AsciiSending());
            source.skip(offset);
            assertThat(text(Chunked.drain(source, 4, new Random(offset))))
                    .isEqualTo(text(sent).substring(offset));
        }
    }

    @Test
    void findsTheLocalOffsetOfEachTransmittedOneButNotInsideALineEnd() throws IOException {
        byte[] text = bytes("a~b^~");
        assertThat(localOffset(text, 0)).hasValue(0);
        assertThat(localOffset(text, 1)).hasValue(1);
        assertThat(localOffset(text, 2)).isEmpty();
        assertThat(localOffset(text, 3)).hasValue(2);
        assertThat(localOffset(text, 6)).hasValue(5);
        assertThat(localOffset(text, 7)).isEmpty();
    }

    private static java.util.OptionalLong localOffset(byte[] text, long transmitted) throws IOException {
        return AsciiLength.localOffset(Chunked.source(text, 2, new Random(1)), transmitted);
    }

    private static byte[] send(byte[] text, Random random, int mostBytes) throws IOException {
        return Chunked.drain(
                new ConvertingSource(Chunked.source(text, mostBytes, random), new AsciiSending()), mostBytes, random);
    }

    private static byte[] receive(byte[] text, Random random, int mostBytes) throws IOException {
        return Chunked.drain(
                new ConvertingSource(Chunked.source(text, mostBytes, random), new AsciiReceiving()), mostBytes, random);
    }

    private static byte[] push(byte[] text, Conversion conversion, Random random) throws IOException {
        var out = new ByteArrayOutputStream();
        ConvertingSink sink = new ConvertingSink(new Chunked.Sink(out, mostBytes(random), random), conversion);
        ReadableByteChannel source = Chunked.source(text, mostBytes(random), random);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 + random.nextInt(64));
        while (source.read(buffer.clear()) >= 0) {
            sink.write(buffer.flip());
        }
        sink.finish();
        sink.close();
        return out.toByteArray();
    }

    /** What a call moves at most: often very little, now and then everything. */
    private static int mostBytes(Random random) {
        return 1 << random.nextInt(10);
    }

    /** Between a CR and its LF, where no line is. */
    private static boolean insideLineEnd(byte[] text, int offset) {
        return offset > 0 && offset < text.length && text[offset - 1] == '\r' && text[offset] == '\n';
    }

    private static byte[] expectedSent(byte[] text) {
        return text(text).replaceAll("(?<!\r)\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] expectedReceived(byte[] text) {
        return text(text).replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes of all values, line ends dense or rare, up to 300 of them. */
    private static byte[] randomText(Random random) {
        byte[] text = new byte[random.nextInt(300)];
        int rarity = 2 + random.nextInt(40);
        for (int i = 0; i < text.length; i++) {
            text[i] = switch (random.nextInt(rarity)) {
                case 0 -> (byte) '\n';
                case 1 -> (byte) '\r';
                default -> (byte) random.nextInt(256);
            };
        }
        return text;
    }

    private static byte[] bytes(String shown) {
        return visible(shown).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The tests write ^ for CR and ~ for LF. */
    private static String visible(String shown) {
        return shown.replace('^', '\r').replace('~', '\n');
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
