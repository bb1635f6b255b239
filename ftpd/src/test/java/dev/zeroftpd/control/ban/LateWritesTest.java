package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LateWritesTest {

    private final AtomicInteger written = new AtomicInteger();

    @Test
    void theEndWritesWhatWaitsAndNothingMore() {
        LateWrites writes = new LateWrites("a test", Duration.ofDays(1), written::incrementAndGet);
        writes.soon();
        writes.soon();
        writes.close();
        int atTheEnd = written.get();
        assertThat(atTheEnd).isBetween(1, 2);

        writes.soon();
        writes.close();
        assertThat(written).hasValue(atTheEnd);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDiskThatHangsDoesNotHoldUpTheEnd() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch recovered = new CountDownLatch(1);
        LateWrites writes = new LateWrites("a test", Duration.ZERO, () -> {
            hanging.countDown();
            boolean interrupted = false;
            while (recovered.getCount() > 0) {
                try {
                    recovered.await();
                } catch (InterruptedException e) {
                    interrupted = true; // a disk isn't impressed by that
                }
            }
            assertThat(interrupted).isFalse();
            written.incrementAndGet();
        });
        writes.soon();
        hanging.await();
        writes.soon();

        writes.close();

        assertThat(written).hasValue(0);
        recovered.countDown();
    }
}
