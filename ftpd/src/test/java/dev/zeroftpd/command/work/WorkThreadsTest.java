package dev.zeroftpd.command.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkThreadsTest {

    private int startable = Integer.MAX_VALUE;
    private final WorkThreads threads = new WorkThreads(1, this::thread);
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

    /** As the JVM does where a limit on processes or memory is reached. */
    private Thread thread(Runnable task) {
        if (startable == 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        startable--;
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void leavesWorkToTheThreadsThatThereAreIfThereCanBeNoMore() throws InterruptedException {
        startable = 1;
        WorkThreads two = new WorkThreads(2, this::thread);
        CountDownLatch ended = new CountDownLatch(1);
        two.execute("alice", () -> {
            awaitUnchecked(everyoneWaits);
            return false;
        });
        two.execute("bob", () -> {
            ended.countDown();
            return false;
        });
        everyoneWaits.countDown();
        ended.await();
    }

    @Test
    void forgetsWorkThatNoThreadIsThereFor() throws InterruptedException {
        startable = 0;
        assertThatThrownBy(() -> hash("alice", "refused", 1, new CountDownLatch(1)))
                .isInstanceOf(OutOfMemoryError.class);

        startable = 1;
        CountDownLatch ended = new CountDownLatch(1);
        hash("alice", "done", 1, ended);
        ended.await();
        assertThat(done).containsExactly("done");
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
