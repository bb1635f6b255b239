package dev.zeroftpd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static void assertNoObject(String line) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Request.parse(line))
                .withMessage("the request is no JSON object");
    }

    @Test
    void isOneObjectAndNothingElse() throws Refused {
        assertThat(Request.parse("{\"command\":\"who\"} ").command()).isEqualTo("who");
        assertNoObject("null");
        assertNoObject("[]");
        assertNoObject("{\"command\":\"who\"}{}");
        assertNoObject("{\"command\":\"ban\",\"command\":\"who\"}");
    }

    @Test
    void hasNoFieldThatItsCommandDoesNotKnow() throws Refused {
        Request request = Request.parse("{\"command\":\"ban\",\"address\":\"192.0.2.7\",\"second\":60}");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> request.requireOnly(List.of("address", "seconds")))
                .withMessageContaining("\"second\"; did you mean \"seconds\"?");
        request.requireOnly(List.of("address", "second"));
    }
}
