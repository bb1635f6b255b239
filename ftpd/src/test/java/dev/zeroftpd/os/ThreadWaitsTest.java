package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ThreadWaitsTest {

    @Test
    void growsWhenTheThreadWaits() throws InterruptedException {
        long before = ThreadWaits.count();

        assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)).isFalse();

        assertThat(ThreadWaits.count()).isGreaterThan(before);
    }

    /** Once in a while the JVM itself stops a thread, so one of many looks is enough. */
    @Test
    void staysWhenTheThreadOnlyComputes() {
        assertThat(IntStream.range(0, 100).anyMatch(ignored -> waitsBetweenTwoLooks() == 0))
                .isTrue();
    }

    private static long waitsBetweenTwoLooks() {
        long before = ThreadWaits.count();
        return ThreadWaits.count() - before;
    }
}
