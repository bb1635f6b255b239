package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
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

    /** Makes threads as long as the system has some. */
    private static final class FewThreads implements ThreadFactory {

        private final AtomicInteger left = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return Thread.ofPlatform().daemon().unstarted(work);
        }
    }

    @Test
    void refusesWhatNoThreadCanBeHadForAndForgetsIt() throws InterruptedException {
        FewThreads system = new FewThreads();
        CommandThreads poor = new CommandThreads(LIMIT, system);
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);

        assertThatThrownBy(() -> poor.execute(refused::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
        system.left.set(1);
        poor.execute(done::countDown);

        done.await();
        assertThat(refused).hasValue(0);
    }

    @Test
    void theOneThreadThatCanBeHadRunsAll() throws InterruptedException {
        FewThreads system = new FewThreads();
        CommandThreads poor = new CommandThreads(LIMIT, system);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        system.left.set(1);
        poor.execute(() -> {
            hanging.countDown();
            awaitUnchecked(disk);
        });
        hanging.await();

        for (int i = 0; i < 100; i++) {
            poor.execute(done::countDown);
        }
        disk.countDown();

        done.await();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
