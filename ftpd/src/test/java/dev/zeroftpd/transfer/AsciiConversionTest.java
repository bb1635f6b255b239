package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiConversionTest {
    private static final int TEXTS = 400;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 64, 100_000})
    void convertsTheSameHoweverTheBytesAreDivided(int mostBytes) throws IOException {
        Random random = new Random(mostBytes);
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = randomText(random);
            assertThat(send(text, random, mostBytes)).isEqualTo(expectedSent(text));
            assertThat(receive(text, random, mostBytes)).isEqualTo(expectedReceived(text));
        }
    }

    @Test
    void bringsBackATextThatHadNoCarriageReturns() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = text(randomText(random)).replace("\r", "").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(receive(send(text, random, 50), random, 50)).isEqualTo(text);
        }
    }

    @Test
    void pushesTheSameAsItPulls() throws IOException {
        Random random = new Random(6);
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = randomText(random);
            var out = new ByteArrayOutputStream();
            ConvertingSink sink = new ConvertingSink(new Chunked.Sink(out, 7, random), new AsciiReceiving());
            ReadableByteChannel source = Chunked.source(text, 11, random);
            ByteBuffer buffer = ByteBuffer.allocateDirect(16);
            while (source.read(buffer.clear()) >= 0) {
                sink.write(buffer.flip());
            }
            sink.finish();
            sink.close();
            assertThat(out.toByteArray()).isEqualTo(expectedReceived(text));
        }
    }

    @Test
    void countsWhatWouldBeTransmitted() throws IOException {
        Random random = new Random(7);
        byte[] text = randomText(random);
        assertThat(AsciiLength.transmitted(Chunked.source(text, 100, random))).isEqualTo(expectedSent(text).length);
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
