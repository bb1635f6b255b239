package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.storage.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for whom in a home with a quota. */
class NameTurnsTest {

    private static final VirtualPath A = new VirtualPath("/a");

    private final NameTurns turns = new NameTurns();

    @Test
    void aNameIsWaitedForWhereverItsDirectoryIsSaidToBe() throws Exception {
        Thread waiting = new Thread(() -> turns.hold(new VirtualPath("/link/A")).close());
        NameTurns.Held held = turns.hold(A);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        held.close();
        waiting.join();
    }

    @Test
    void otherNamesAreFree() throws Exception {
        try (NameTurns.Held _ = turns.hold(A)) {
            Thread other = new Thread(() -> turns.hold(new VirtualPath("/b")).close());
            other.start();
            other.join();
        }
    }

    @Test
    void whatHappenedIsToldWhenNothingIsHeld() {
        List<String> told = new ArrayList<>();
        try (NameTurns.Held _ = turns.hold(A)) {
            try (NameTurns.Held _ = turns.hold(A)) {
                turns.tell(() -> told.add("event"));
            }
            assertThat(told).isEmpty();
        }
        assertThat(told).containsExactly("event");
    }

    @Test
    void moversInBothDirectionsDoNotWaitForEachOtherForEver() throws Exception {
        NameTurns other = new NameTurns();
        VirtualPath b = new VirtualPath("/b");
        CountDownLatch together = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> one = threads.submit(() -> move(turns, other, A, b, together));
            Future<?> two = threads.submit(() -> move(other, turns, b, A, together));
            one.get(1, TimeUnit.MINUTES);
            two.get(1, TimeUnit.MINUTES);
        }
    }

    private static void move(
            NameTurns from, NameTurns to, VirtualPath here, VirtualPath there, CountDownLatch together) {
        together.countDown();
        await().until(() -> together.getCount() == 0);
        for (int i = 0; i < 10_000; i++) {
            from.holdBoth(to, here, there).close();
        }
    }
}
