package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.server.IdleHeap.Size;
import org.junit.jupiter.api.Test;

/** What is collected is simulated: how a collector shrinks its heap is its own matter; the soak measures it. */
class IdleHeapTest {

    private static final long MIB = 1 << 20;

    private Size size = new Size(32 * MIB, 10 * MIB);
    private long alive = 12 * MIB;
    private int collections;

    private final IdleHeap heap = new IdleHeap(() -> size, () -> {
        collections++;
        size = new Size(Math.max(32 * MIB, 2 * alive), alive);
    });

    private void look(long committed, long used) {
        size = new Size(committed * MIB, used * MIB);
        heap.run();
    }

    @Test
    void collectsOnceWhenABusyTimeIsOver() {
        look(200, 100);
        assertThat(collections).as("busy since the last look").isZero();
        look(200, 101);
        assertThat(collections).isOne();
        heap.run();
        heap.run();
        assertThat(collections).as("there is nothing left to give back").isOne();
    }

    @Test
    void leavesAServerAloneThatWorks() {
        for (int i = 0; i < 10; i++) {
            look(200, 50 + i * 5);
        }
        look(200, 20); // a collection of the young generation came in between
        assertThat(collections).isZero();
    }

    @Test
    void leavesASmallHeapAlone() {
        look(48, 20);
        look(48, 20);
        assertThat(collections).isZero();
    }

    @Test
    void doesNotCollectAgainAndAgainWhatIsInUse() {
        alive = 150 * MIB;
        look(400, 300);
        look(400, 300);
        heap.run();
        heap.run();
        assertThat(collections).isOne();
    }

    @Test
    void collectsAfterTheNextBusyTime() {
        look(200, 100);
        look(200, 100);
        look(180, 150);
        look(180, 150);
        assertThat(collections).isEqualTo(2);
    }
}
