package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class CheckTurnsTest {

    @Test
    void anAccountWithManyUploadsKeepsNoOtherWaitingForMoreThanOneCheck() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Semaphore ended = new Semaphore(0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        try (CheckTurns turns = new CheckTurns(1)) {
            turns.add("busy", () -> {
                begun.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            begun.await();
            for (int i = 0; i < 5; i++) {
                turns.add("busy", () -> {
                    order.add("busy");
                    ended.release();
                });
            }
            turns.add("rare", () -> {
                order.add("rare");
                ended.release();
            });
            held.countDown();
            ended.acquire(6);
        }
        assertThat(order).containsExactly("busy", "rare", "busy", "busy", "busy", "busy");
    }
}
