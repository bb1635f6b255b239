package dev.zeroftpd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class LogTextTest {

    @Test
    @Tag("attack")
    void aNameCannotForgeALine() {
        assertThat(LogText.escape("a\r\nroot logged in \u001b[31m \"q\" \\ \u202e \u2028\u0085"))
                .isEqualTo("a\\u000d\\u000aroot logged in \\u001b[31m \\\"q\\\" \\\\ \\u202e \\u2028\\u0085");
    }

    @Test
    void textStaysAsItIs() {
        String text = "plain näme 日本 \ud83d\ude00";
        assertThat(LogText.escape(text)).isEqualTo(text);
    }

    @Test
    void bytesThatAreNoTextAndCharactersThatAreNotSeenAreEscaped() {
        assertThat(LogText.escape("\udcff \udb40\udc41")).isEqualTo("\\udcff \\udb40\\udc41");
    }
}
