package dev.zeroftpd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLinesTest {

    @Test
    void readsAttributesAndPassesOverComments() {
        assertThat(AnswerLines.parse(
                        "\n# of the database\nhomedirectory = /srv/a=b\r\npermissions./in=upload\ngroups=\n"))
                .isEqualTo(Map.of("homedirectory", "/srv/a=b", "permissions./in", "upload", "groups", ""));
        assertThat(AnswerLines.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"yes, line 1", "'a=1\n=b', line 2", "'a=1\na=2', a twice", "'a=b\u0007c', control character in a"})
    void refusesWhatIsNone(String answer, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerLines.parse(answer))
                .withMessageContaining(why);
    }

    @Test
    void refusesTooMany() {
        String many = IntStream.rangeClosed(0, AnswerLines.MOST)
                .mapToObj(i -> "folder./" + i + "=/srv")
                .collect(Collectors.joining("\n"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerLines.parse(many))
                .withMessageContaining("more than 100");
    }
}
