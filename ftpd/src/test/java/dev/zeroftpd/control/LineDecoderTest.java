package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.charset.NameCharset;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineDecoderTest {
    private final LineDecoder decoder = new LineDecoder();

    private List<Line> decode(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        for (Optional<Line> line = decoder.next(input); line.isPresent(); line = decoder.next(input)) {
            lines.add(line.get());
        }
        return lines;
    }

    private List<Line> decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Line text(String text) {
        return new Line.Text(text);
    }

    @Test
    void endsLinesAtCrlfAndAtLf() {
        assertThat(decode("NOOP\r\nPWD\nUSER x")).containsExactly(text("NOOP"), text("PWD"));
        assertThat(decode("y\r\n")).containsExactly(text("USER xy"));
    }

    @Test
    void keepsBlanksAtTheEndBecauseNamesMayHaveThem() {
        assertThat(decode("RETR  a \r\n")).containsExactly(text("RETR  a "));
    }

    @Test
    void decodesUtf8HoweverItIsDivided() {
        byte[] bytes = "RETR grün €😀\r\n".getBytes(StandardCharsets.UTF_8);
        List<Line> lines = new ArrayList<>();
        for (byte one : bytes) {
            lines.addAll(decode(new byte[] {one}));
        }
        assertThat(lines).containsExactly(text("RETR grün €😀"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETR \u00fc\r\n", "RETR \u00c0\u0080\r\n", "\u00ed\u00a0\u0080\r\n"})
    void keepsBytesThatAreNotUtf8(String other) {
        List<Line> lines = decode(other + "NOOP\r\n");

        assertThat(lines).hasSize(2).last().isEqualTo(text("NOOP"));
        assertThat(lines.getFirst())
                .isInstanceOfSatisfying(
                        Line.Text.class,
                        line -> assertThat(
                                        new String(FileName.encode(line.text() + "\r\n"), StandardCharsets.ISO_8859_1))
                                .isEqualTo(other));
    }

    @Test
    void refusesALineWithANulInItAndGoesOn() {
        assertThat(decode("RETR a\u0000b\r\nNOOP\r\n")).containsExactly(new Line.Malformed(), text("NOOP"));
    }

    @Test
    void dropsTheTelnetSignalsBeforeAbor() {
        assertThat(decode("\u00ff\u00f4\u00ff\u00f2ABOR\r\n")).containsExactly(text("ABOR"));
    }

    @Test
    void dropsAnIacWhoseCommandWasEatenOnTheWay() {
        assertThat(decode("\u00ff\u00f4\u00ffABOR\r\n")).containsExactly(text("ABOR"));
    }

    @Test
    void dropsTelnetOptionNegotiation() {
        assertThat(decode("\u00ff\u00fd\u0006NOOP\r\n")).containsExactly(text("NOOP"));
    }

    @Test
    void takesALineOfTheGreatestLength() {
        String longest = "R".repeat(LineDecoder.MAX_LENGTH - 1);
        assertThat(decode(longest + "\r\n")).containsExactly(text(longest));
    }

    @Test
    void refusesALongerLineAndSkipsToItsEnd() {
        assertThat(decode("R".repeat(LineDecoder.MAX_LENGTH + 1))).isEmpty();
        assertThat(decode("R".repeat(100_000))).isEmpty();
        assertThat(decode("more\r\nNOOP\r\n")).containsExactly(new Line.TooLong(LineDecoder.MAX_LENGTH), text("NOOP"));
    }

    private static List<Line> decodeIn(String charset, byte[] bytes) {
        LineDecoder inCharset = new LineDecoder(new SessionCharset(NameCharset.of(Charset.forName(charset))));
        List<Line> lines = new ArrayList<>();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        for (Optional<Line> line = inCharset.next(input); line.isPresent(); line = inCharset.next(input)) {
            lines.add(line.get());
        }
        return lines;
    }

    private static byte[] latin1(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void decodesAnotherCharsetWithItsEscapes() {
        assertThat(decodeIn("ISO-8859-1", latin1("STOR \u00e9%E6%97%A5\r\n"))).containsExactly(text("STOR é日"));
        assertThat(decodeIn("Shift_JIS", "CWD 表\\ソ\n".getBytes(Charset.forName("Shift_JIS"))))
                .containsExactly(text("CWD 表\\ソ"));
        assertThat(decodeIn("GBK", latin1("SIZE \u00d6\n"))).containsExactly(text("SIZE \udcd6"));
    }

    @Test
    void takesAPasswordAsItIsTyped() {
        assertThat(decodeIn("ISO-8859-1", latin1("USER %E9\r\npass %E9\u00e9\r\n")))
                .containsExactly(text("USER \udce9"), text("pass %E9é"));
    }

    /** RFC 854 wants 255 doubled, and many clients don't know. */
    @Test
    void takesTheByte255ForACharacterInsideALine() {
        assertThat(decodeIn("ISO-8859-1", latin1("MKD \u00ff\u00ffa\r\nMKD b\u00ff\r\nMKD \u00ff\u00fbx\r\n")))
                .containsExactly(text("MKD ÿa"), text("MKD bÿ"), text("MKD ÿûx"));
        assertThat(decodeIn("windows-1251", latin1("MKD \u00ff\u00ed\r\n"))).containsExactly(text("MKD ян"));
    }

    @Test
    void takesTheByte255ForTelnetsBeforeALine() {
        assertThat(decodeIn("ISO-8859-1", latin1("\u00ff\u00f4\u00ff\u00f2ABOR\r\n\u00ff\u00fb\u0001NOOP\r\n")))
                .containsExactly(text("ABOR"), text("NOOP"));
    }
}
