package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetTypeTest {

    private static final Path NO_BASE = Path.of("/");

    private final CharsetType type = new CharsetType();

    @Test
    void takesNamesAndOtherNamesInAnyCase() throws InvalidValue {
        assertThat(type.parse("iso-8859-1", NO_BASE)).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(type.parse("latin1", NO_BASE)).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(type.parse("sjis", NO_BASE)).isEqualTo(Charset.forName("Shift_JIS"));
        assertThat(type.parse("cp936", NO_BASE)).isEqualTo(Charset.forName("GBK"));
    }

    @Test
    void suggestsACharsetForAMistypedName() {
        InvalidValue refused = refusal("ISO-8895-1");

        assertThat(refused.what()).isEqualTo("is no charset that this Java knows");
        assertThat(refused.remedy()).isEqualTo("did you mean ISO-8859-1?");
        assertThat(refusal("latin one, or so").remedy())
                .isEqualTo("use the name of one that it knows, such as UTF-8, ISO-8859-1, windows-1252, windows-1251,"
                        + " GBK, Big5, Shift_JIS, EUC-KR");
        assertThat(refusal("").what()).isEqualTo("is no charset that this Java knows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-32BE", "IBM037", "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN"})
    void refusesCharsetsInWhichFtpsCommandsCanNotBeSaid(String charset) {
        InvalidValue refused = refusal(charset);

        assertThat(refused.what()).isEqualTo("has not all of ASCII in it, which FTP's commands are in");
        assertThat(refused.remedy()).startsWith("use one that has, such as UTF-8, ISO-8859-1");
    }

    /** Else a client's line could end, or its path be divided, in the middle of a character. */
    @Test
    void acceptsNoCharsetWhoseOtherCharactersHaveBytesOfControlsOrSlashes() {
        for (Charset charset : Charset.availableCharsets().values()) {
            try {
                assertThat(bytesOfOtherCharacters(type.parse(charset.name(), NO_BASE)))
                        .as(charset.name())
                        .allMatch(value -> value < 0 || value > '/');
            } catch (InvalidValue refused) {
                assertThat(refused.what()).startsWith("has not all of ASCII");
            }
        }
    }

    private static Set<Byte> bytesOfOtherCharacters(Charset charset) {
        Set<Byte> bytes = new TreeSet<>();
        for (int i = 0x80; i < Character.MIN_SURROGATE; i++) {
            String character = Character.toString(i);
            byte[] said = character.getBytes(charset);
            if (new String(said, charset).equals(character)) {
                for (byte value : said) {
                    bytes.add(value);
                }
            }
        }
        return bytes;
    }

    private InvalidValue refusal(String text) {
        return catchThrowableOfType(InvalidValue.class, () -> type.parse(text, NO_BASE));
    }
}
