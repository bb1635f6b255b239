package dev.zeroftpd.charset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.Property;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCharsetTest {

    private static final NameCharset LATIN_1 = NameCharset.of(StandardCharsets.ISO_8859_1);

    /** Those that clients really have, and some whose encoders are odd: two bytes for one character, states, gaps. */
    private static final List<String> CHARSETS = List.of(
            "UTF-8",
            "US-ASCII",
            "ISO-8859-1",
            "ISO-8859-15",
            "windows-1251",
            "windows-1252",
            "windows-1255",
            "KOI8-R",
            "IBM437",
            "GBK",
            "GB2312",
            "GB18030",
            "Big5",
            "Big5-HKSCS",
            "Shift_JIS",
            "windows-31j",
            "x-SJIS_0213",
            "EUC-JP",
            "EUC-KR",
            "x-windows-949",
            "x-Johab",
            "TIS-620",
            "CESU-8");

    private static final String[] PIECES = {
        "a", "%", "25", "%25", "C3", "%C3", "%a9", "é", "ÿ", "¥", "\\", "~", "‾", "日本", "ソ", "か\u309a", "e\u0301", "中文",
        "я", "€", "😀", "\uFFFD", "\u0085", "/", " ", "\"", "가", "\uE000"
    };

    @Property(seeds = 300)
    void everyNameComesBackFromWhatTheClientIsTold(long seed) {
        Random random = new Random(seed);
        for (String charset : CHARSETS) {
            NameCharset names = NameCharset.of(Charset.forName(charset));
            String name = randomName(random);
            byte[] told = names.encode(name);

            assertThat(names.decode(told, 0, told.length)).as(charset).isEqualTo(name);
            assertThat(told).as(charset).doesNotContain((byte) '\r', (byte) '\n', (byte) 0);
        }
    }

    /** Whatever a client says, it is told something that means the same. */
    @Property(seeds = 300)
    void whatTheClientSaidIsToldAsTheSameName(long seed) {
        Random random = new Random(seed);
        for (String charset : CHARSETS) {
            NameCharset names = NameCharset.of(Charset.forName(charset));
            byte[] said = randomBytes(random);
            String name = names.decode(said, 0, said.length);
            byte[] told = names.encode(name);

            assertThat(names.decode(told, 0, told.length)).as(charset).isEqualTo(name);
            byte[] onDisk = EscapedUtf8.encode(name);
            assertThat(EscapedUtf8.decode(onDisk, 0, onDisk.length))
                    .as(charset + ", read again from the disk")
                    .isEqualTo(name);
        }
    }

    /** Names as they come from a disk: text, and bytes that are no UTF-8. */
    private static String randomName(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) (0xdc80 + random.nextInt(0x80)));
                case 1 -> text.append(Character.toString(anyCharacter(random)));
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        byte[] bytes = EscapedUtf8.encode(text.toString());
        return EscapedUtf8.decode(bytes, 0, bytes.length);
    }

    private static int anyCharacter(Random random) {
        int character = ' ' + random.nextInt(0x2ffff);
        return Character.isSurrogate((char) character) ? 'x' : character;
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] >= 0 && bytes[i] < ' ' ? (byte) '%' : bytes[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-1, été, e974e9",
        "ISO-8859-1, ÿ, ff",
        "windows-1251, имя, e8ecff",
        "GBK, 中文, d6d0cec4",
        "Shift_JIS, 表ソ, 955c835c",
        "Big5, 功, a55c",
    })
    void saysWhatTheCharsetCanSay(String charset, String name, String told) {
        NameCharset names = NameCharset.of(Charset.forName(charset));

        assertThat(names.encode(name)).asHexString().isEqualToIgnoringCase(told);
        assertThat(names.decode(names.encode(name), 0, told.length() / 2)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "é日.txt, é%E6%97%A5.txt",
        "100%, 100%",
        "50%20off, 50%20off",
        "%c3%a9, %c3%a9",
        "%C3, %25C3",
        "%25, %2525",
        "%日, %%E6%97%A5",
        "%2日, %2%E6%97%A5",
    })
    void escapesWhatItCannotSayAndNoOtherPercentSign(String name, String told) {
        assertThat(new String(LATIN_1.encode(name), StandardCharsets.ISO_8859_1))
                .isEqualTo(told);
    }

    /** In Java's Shift_JIS the yen sign shares its byte with the backslash, and only one of them can come back. */
    @Test
    void escapesACharacterThatWouldComeBackAsAnother() {
        NameCharset names = NameCharset.of(Charset.forName("Shift_JIS"));

        assertThat(new String(names.encode("¥\\"), StandardCharsets.ISO_8859_1)).isEqualTo("%C2%A5\\");
    }

    @Test
    void tellsBytesThatAreNoUtf8AsEscapes() {
        byte[] told = LATIN_1.encode("caf\udce9");

        assertThat(new String(told, StandardCharsets.ISO_8859_1)).isEqualTo("caf%E9");
        assertThat(LATIN_1.decode(told, 0, told.length)).isEqualTo("caf\udce9");
    }

    @Test
    void leavesTextThatIsNoNameAsItIs() {
        byte[] password = "PASS %E9\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(LATIN_1.decodeVerbatim(password, 0, password.length)).isEqualTo("PASS %E9é");
    }

    @Test
    void knowsWhetherIacIsACharacter() {
        assertThat(LATIN_1.hasByte255()).isTrue();
        assertThat(NameCharset.of(Charset.forName("windows-1251")).hasByte255()).isTrue();
        assertThat(NameCharset.of(Charset.forName("GBK")).hasByte255()).isFalse();
        assertThat(NameCharset.UTF_8.hasByte255()).isFalse();
    }
}
