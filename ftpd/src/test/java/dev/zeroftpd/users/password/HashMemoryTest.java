package dev.zeroftpd.users.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.junit.jupiter.api.Test;

class HashMemoryTest {

    private static final byte[] TAG = new byte[0];

    private final HashMemory memory = new HashMemory(4);

    @Test
    void theNextHashUsesTheBlocksOfTheLast() {
        Set<Block> first = blocksOf(3);
        assertThat(blocksOf(3)).isEqualTo(first);
    }

    @Test
    void aHashHasRoomThatTakesNoMoreThanThereIs() {
        assertThat(memory.fits(4)).isTrue();
        assertThat(memory.fits(5)).isFalse();
    }

    @Test
    void blocksThatAreGivenBackAreForgotten() {
        Set<Block> first = blocksOf(3);
        memory.forget();
        assertThat(blocksOf(3)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aHashThatHasNoRoomWaits() throws InterruptedException {
        CountDownLatch firstRuns = new CountDownLatch(1);
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> memory.compute(3, _ -> {
            firstRuns.countDown();
            return endedBy(firstMayEnd);
        }));
        firstRuns.await();

        List<String> order = new ArrayList<>();
        Thread second = Thread.ofPlatform()
                .start(() -> memory.compute(100, _ -> {
                    order.add("second");
                    return TAG;
                }));
        await().until(() -> second.getState() == Thread.State.WAITING);
        assertThat(order).isEmpty();
        firstMayEnd.countDown();
        second.join();
        assertThat(order).containsExactly("second");
        assertThat(first.join()).isSameAs(TAG);
    }

    private Set<Block> blocksOf(int count) {
        Set<Block> used = new HashSet<>();
        memory.compute(count, pool -> {
            for (int i = 0; i < count; i++) {
                used.add(pool.allocate());
            }
            used.forEach(pool::deallocate);
            return TAG;
        });
        return used;
    }

    private static byte[] endedBy(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TAG;
    }
}
