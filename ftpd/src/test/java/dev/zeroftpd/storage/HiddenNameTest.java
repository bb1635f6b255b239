package dev.zeroftpd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class HiddenNameTest {

    private static final String END = ".zeroftpd-partial-0123456789abcdef-0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"file", "", "a\u2028b", "\u2029", "\u0085", "tab\t", "\u001b[31m", ".zeroftpd-partial-"})
    void hidesThePartialsOfEveryName(String file) {
        assertThat(HiddenName.isPartial("." + file + END)).isTrue();
        assertThat(HiddenName.withoutPartials("/d/." + file + END + ": failed")).isEqualTo("/d/" + file + ": failed");
    }

    /** There such a name opens the partial, too: cases and what is not seen of a name are no difference to some file systems. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".FILE.ZEROFTPD-PARTIAL-0123456789ABCDEF-0123456789ABCDEF",
                ".file.zero\u00adftpd-partial-0123456789abcdef-01234567\u200b89abcdef",
                "\u200d.file.zeroftpd-partial\ufe0f-0123456789ABCDEF",
                ".file.zeroftpd-partial-0123456789abcdef-0123456789abcdef\u2060",
                ".file.zeroftpd-partial-0123456789abcd\ufb00",
                ".file.zeroftpd-partial-\ufb00\ufb00\ufb00\ufb00\ufb00\ufb00\ufb00\ufb00"
            })
    void hidesWhatSomeFileSystemsTakeForTheSameName(String name) {
        assertThat(HiddenName.isPartial(name)).isTrue();
    }

    @Test
    void hidesNothingElse() {
        assertThat(HiddenName.isPartial("file" + END)).isFalse();
        assertThat(HiddenName.isPartial(".file" + END + "-x")).isFalse();
        assertThat(HiddenName.isPartial(".file.zeroftpd-partial-")).isFalse();
    }
}
