package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What systemd is told, and what keeps it from being told. */
class ServiceStateTest {

    private final List<String> told = new CopyOnWriteArrayList<>();

    private ServiceState state(Duration watchdog) {
        return new ServiceState(Optional.of(told::add), watchdog);
    }

    @Test
    void tellsEachStepInSystemdsWords() {
        ServiceState state = state(Duration.ZERO);

        state.ready(List.of("0.0.0.0:21", "[::]:990"), patience -> true);
        state.reloading();
        state.reloaded("fine");
        state.stopping(Duration.ofSeconds(60));

        assertThat(told.get(0)).isEqualTo("READY=1\nSTATUS=Listening on 0.0.0.0:21, [::]:990");
        assertThat(told.get(1)).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
        assertThat(told.get(2)).isEqualTo("READY=1\nSTATUS=fine");
        assertThat(told.get(3)).startsWith("STOPPING=1\n").endsWith("\nEXTEND_TIMEOUT_USEC=90000000");
        assertThat(told).hasSize(4);
    }

    @Test
    void givesSignsOfLifeWhileTheServerAnswers() {
        AtomicInteger asked = new AtomicInteger();

        try (ServiceState state = state(Duration.ofMillis(2))) {
            state.ready(List.of(), patience -> asked.incrementAndGet() <= 3);
            await().until(() -> asked.get() > 5);
        }
        assertThat(told).filteredOn("WATCHDOG=1"::equals).hasSize(3);
    }

    @Test
    void aLookThatFailsIsNotTheLastSign() {
        AtomicInteger asked = new AtomicInteger();

        try (ServiceState state = state(Duration.ofMillis(2))) {
            state.ready(List.of(), patience -> {
                if (asked.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("only a test");
                }
                return true;
            });
            await().until(() -> told.contains("WATCHDOG=1"));
        }
    }

    @Test
    void survivesThatNothingListens() {
        ServiceState deaf = new ServiceState(
                Optional.of(message -> {
                    throw new IOException("no such socket");
                }),
                Duration.ZERO);

        deaf.ready(List.of(), patience -> true);
        deaf.stopping(Duration.ZERO);
    }

    @Test
    void isSilentWhereItWasNotAsked() {
        AtomicInteger asked = new AtomicInteger();
        ServiceState silent = new ServiceState(Optional.empty(), Duration.ofMillis(1));

        silent.ready(List.of(), patience -> asked.incrementAndGet() > 0);
        silent.stopping(Duration.ZERO);

        assertThat(asked).hasValue(0);
    }
}
