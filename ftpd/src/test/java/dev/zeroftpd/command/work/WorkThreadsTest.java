package dev.zeroftpd.command.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkThreadsTest {

    private final WorkThreads threads = new WorkThreads(1);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch everyoneWaits = new CountDownLatch(1);

    @Test
    void letsAccountsTakeTurnsAndTheFilesOfEach() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(4);
        threads.execute("nobody", () -> {
            awaitUnchecked(everyoneWaits);
            return false;
        });
        hash("alice", "a1", 2, ended);
        hash("alice", "a2", 2, ended);
        hash("alice", "a3", 2, ended);
        hash("bob", "b", 3, ended);
        everyoneWaits.countDown();
        ended.await();

        assertThat(done).containsExactly("a1", "b", "a2", "b", "a3", "b", "a1", "a2", "a3");
    }

    private void hash(String account, String file, int pieces, CountDownLatch ended) {
        threads.execute(account, new WorkThreads.PieceWork() {
            private int left = pieces;

            @Override
            public boolean doPiece() {
                done.add(file);
                left--;
                if (left == 0) {
                    ended.countDown();
                }
                return left > 0;
            }
        });
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
