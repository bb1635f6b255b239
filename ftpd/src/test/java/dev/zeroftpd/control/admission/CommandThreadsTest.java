package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommandThreadsTest {

    private static final int LIMIT = 24;

    private final CommandThreads threads = new CommandThreads(LIMIT);

    @Test
    void goesOnWhileAllButOneOfTheLimitHang() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(LIMIT - 1);
        CountDownLatch disk = new CountDownLatch(1);
        for (int i = 0; i < LIMIT - 1; i++) {
            threads.execute(() -> {
                hanging.countDown();
                awaitUnchecked(disk);
            });
        }
        hanging.await();
        CountDownLatch done = new CountDownLatch(1);

        threads.execute(done::countDown);

        done.await();
        disk.countDown();
    }

    @Test
    void startsNoMoreThanTheLimitAndLosesNothing() {
        CountDownLatch disk = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 3 * LIMIT; i++) {
            threads.execute(() -> {
                awaitUnchecked(disk);
                done.incrementAndGet();
            });
        }
        await().until(() -> threads.size() == LIMIT);

        disk.countDown();

        await().untilAsserted(() -> assertThat(done).hasValue(3 * LIMIT));
        assertThat(threads.size()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void staysSmallWhileCommandsComeToTheirEnd() {
        AtomicInteger done = new AtomicInteger();

        for (int i = 0; i < 10_000; i++) {
            threads.execute(done::incrementAndGet);
        }

        await().untilAsserted(() -> assertThat(done).hasValue(10_000));
        await().untilAsserted(() -> assertThat(threads.size())
                .isLessThanOrEqualTo(4 * Runtime.getRuntime().availableProcessors()));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
