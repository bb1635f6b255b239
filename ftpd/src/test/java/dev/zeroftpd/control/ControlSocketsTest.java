package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of the threads that serve all sessions when an error hits them. */
@Tag("attack")
class ControlSocketsTest {

    private final List<String> events = new ArrayList<>();

    @Test
    void anIoThreadGoesOnAfterAnyError() {
        List<Error> errors = new ArrayList<>(List.of(
                new OutOfMemoryError("for a test"), new StackOverflowError(), new NoClassDefFoundError("for a test")));
        ControlSockets.runToItsEnd(() -> {
            events.add("run");
            if (!errors.isEmpty()) {
                throw errors.removeFirst();
            }
        });
        assertThat(events).hasSize(4);
    }

    @Test
    void theThreadThatAcceptsSaysWhenItCanAcceptNoMore() {
        OutOfMemoryError error = new OutOfMemoryError("for a test");
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> ControlSockets.runUntilItFails(
                        () -> {
                            throw error;
                        },
                        deaf -> events.add("deaf: " + deaf.getMessage())));
        assertThat(events).containsExactly("deaf: for a test");
    }

    @Test
    void nothingIsSaidAboutLoopsThatEnd() {
        ControlSockets.runUntilItFails(() -> events.add("run"), deaf -> events.add("deaf"));
        assertThat(events).containsExactly("run");
    }
}
