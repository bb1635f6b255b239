package dev.zeroftpd.transfer.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class TurnsTest {

    private static final long LONG_PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final Turns turns = new Turns(1, LONG_PATIENCE);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void awaitThreads() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void letsAccountsTakeTurnsAndTheThreadsOfEach() throws InterruptedException {
        Turn first = turns.of("nobody");
        first.take();
        compute("alice", "a1", 2);
        compute("alice", "a2", 2);
        compute("alice", "a3", 2);
        compute("bob", "b", 3);
        first.leave();
        awaitThreads();

        assertThat(done).containsExactly("b", "a1", "b", "a2", "b", "a3", "a1", "a2", "a3");
    }

    /** Computes piece by piece, once it waits for its first turn. */
    private void compute(String account, String name, int pieces) {
        Turn turn = turns.of(account);
        Thread thread = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < pieces; i++) {
                turn.take();
                await().pollInSameThread().until(this::allOthersWait);
                done.add(name);
                turn.leave();
            }
        });
        threads.add(thread);
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    private boolean allOthersWait() {
        return threads.stream()
                .filter(thread -> !thread.equals(Thread.currentThread()))
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TERMINATED);
    }

    @Test
    void letsNoMoreThreadsComputeThanThereAreProcessors() throws InterruptedException {
        Turns two = new Turns(2, LONG_PATIENCE);
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            Turn turn = two.of(i % 3);
            threads.add(Thread.ofVirtual().start(() -> {
                for (int j = 0; j < 2_000; j++) {
                    turn.take();
                    most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                    computing.decrementAndGet();
                    turn.leave();
                }
            }));
        }
        awaitThreads();
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void lendsThePlaceOfAThreadThatHangs() {
        Turns impatient = new Turns(1, TimeUnit.MILLISECONDS.toNanos(1));
        Turn hanging = impatient.of("alice");
        hanging.take();
        for (int i = 0; i < 50; i++) {
            Turn other = impatient.of("bob");
            other.take(); // waits until the place is lent
            if (i == 25) {
                hanging.leave(); // it has lost its place, so this frees none
            }
            other.leave();
        }
        hanging.take();
        hanging.leave();
    }

    /** Long before that of a thread that computes: what takes so long is a system call. */
    @Test
    void soonLendsThePlaceOfAWalkThatHangs() {
        Turn walk = turns.of("alice");
        walk.takeAgain();
        Turn other = turns.of("bob");
        other.take(); // waits until the place is lent
        other.leave();
        walk.leave();
    }

    /** Its place would be given to it, and never come back. */
    @Test
    void forgetsAThreadThatFailsToWait() {
        Turns unwatched = new Turns(1, LONG_PATIENCE, LONG_PATIENCE, 1, _ -> {
            throw new OutOfMemoryError("on purpose");
        });
        Turn first = unwatched.of("alice");
        first.take();
        assertThatThrownBy(() -> unwatched.of("bob").take()).isInstanceOf(OutOfMemoryError.class);
        first.leave();

        unwatched.of("carol").take();
    }

    @Test
    void takesAndLeavesAsOftenAsOneLikes() {
        Turn turn = turns.of("alice");
        turn.leave();
        turn.take();
        turn.take();
        turn.leave();
        turn.leave();
        turns.of("bob").take();
    }

    @Test
    void leavesTheTurnOfAThreadThatFails() {
        Turn turn = turns.of("alice");
        assertThat(Turn.current()).isNotSameAs(turn);
        try {
            turn.during(() -> {
                assertThat(Turn.current()).isSameAs(turn);
                Turn.current().take();
                throw new IllegalStateException("on purpose");
            });
        } catch (IllegalStateException expected) {
            turns.of("bob").take();
        }
    }
}
