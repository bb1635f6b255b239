package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything",
        "*, ''",
        "a*, a",
        "*.txt, .txt",
        "*.txt, a.txt.txt",
        "a*b*c, axxbyybzzc",
        "**a, a",
        "?, ä",
        "?, 😀",
        "[abc]x, bx",
        "[a-c]x, bx",
        "[!a-c]x, dx",
        "[^a-c]x, dx",
        "[]]x, ]x",
        "[!]]x, ax",
        "[a-]x, -x",
        "[z-a-]x, -x",
        "[ä-ö]x, öx",
        "[x, [x",
        "a[, a[",
        "x\\*, x\\y"
    })
    void matches(String pattern, String name) {
        assertThat(Glob.of(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a*, ba",
        "*.txt, a.txt2",
        "?, ''",
        "?, ab",
        "a?c, ac",
        "[abc], d",
        "[!abc], a",
        "[!abc], ''",
        "[a-c], B",
        "'', a",
        "a.c, abc",
        "(a+)+, aaa"
    })
    void doesNotMatch(String pattern, String name) {
        assertThat(Glob.of(pattern).matches(name)).isFalse();
    }

    @Test
    void takesNoMoreStepsThanTheProductOfBothLengths() {
        String pattern = "*a".repeat(100) + "*b";
        CountedName name = new CountedName("a".repeat(255));

        assertThat(Glob.of(pattern).matches(name)).isFalse();

        assertThat(name.looks).isLessThan(pattern.length() * name.length());
    }

    @Test
    void takesStepsInProportionToTheNameForOnePattern() {
        Glob glob = Glob.of("*a*a*a*a*a*c");
        CountedName once = new CountedName("ab".repeat(100));
        CountedName tenTimes = new CountedName("ab".repeat(1000));

        glob.matches(once);
        glob.matches(tenTimes);

        assertThat(tenTimes.looks).isLessThan(once.looks * 11);
    }

    /** Counts how often somebody looks at a character. */
    private static final class CountedName implements CharSequence {

        private final String name;
        private int looks;

        CountedName(String name) {
            this.name = name;
        }

        @Override
        public int length() {
            return name.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return name.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return name.substring(start, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
