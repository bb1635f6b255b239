package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whether the engine's loops turn, as the watchdog asks it. */
class EngineAnswersTest {

    @Test
    void oneStuckLoopIsEnoughToBeSilent() throws IOException {
        CountDownLatch stuck = new CountDownLatch(1);
        try (TransferEngine engine = TransferEngine.start(2, System::nanoTime)) {
            assertThat(engine.answers(Duration.ofMinutes(1))).isTrue();

            engine.loop().execute(() -> awaitQuietly(stuck));
            assertThat(engine.answers(Duration.ofMillis(1))).isFalse();

            stuck.countDown();
            assertThat(engine.answers(Duration.ofMinutes(1))).isTrue();
        }
    }

    @Test
    void aClosedEngineIsNotStuck() throws IOException {
        TransferEngine engine = TransferEngine.start(1, System::nanoTime);
        engine.close();

        assertThat(engine.answers(Duration.ofMinutes(1))).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
