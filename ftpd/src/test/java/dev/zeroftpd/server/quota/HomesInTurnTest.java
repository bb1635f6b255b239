package dev.zeroftpd.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomesInTurnTest {

    private final CountDownLatch answer = new CountDownLatch(1);

    private final HomesInTurn patient = new HomesInTurn(HomesInTurn.PATIENCE);

    /** Also leaves alone what a busy machine lets begin late. */
    private final HomesInTurn impatient = new HomesInTurn(Duration.ofMillis(20));

    /** Those that hang. */
    private final List<Thread> hung = new CopyOnWriteArrayList<>();

    @AfterEach
    void letAllEnd() throws InterruptedException {
        answer.countDown();
        for (Thread thread : hung) {
            thread.join();
        }
    }

    private void hang() {
        hung.add(Thread.currentThread());
        boolean ended = false;
        while (!ended) {
            try {
                answer.await();
                ended = true;
            } catch (InterruptedException ignored) {
                // as a call to a server that is gone
            }
        }
    }

    @Test
    void waitsUntilTheWorkIsDone() {
        AtomicInteger done = new AtomicInteger();

        patient.during("a", _ -> done.incrementAndGet());
        patient.during("a", _ -> done.incrementAndGet());

        assertThat(done).hasValue(2);
    }

    @Test
    void goesOnWithoutAHomeThatDoesNotAnswerUntilItDoes() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();

        impatient.during("dead", _ -> hang());
        await().until(() -> hung.size() == 1);
        impatient.during("dead", _ -> done.addAndGet(100));
        impatient.during("other", _ -> done.incrementAndGet());
        await().until(() -> done.get() == 1);

        letAllEnd();
        impatient.during("dead", _ -> done.addAndGet(10));
        await().until(() -> done.get() == 11);
    }

    @Test
    void namesThoseThatDoNotAnswerAndLooksAtTheOthers() {
        List<String> seen = new CopyOnWriteArrayList<>();

        Optional<List<String>> silent = impatient.silentAmong(List.of("a", "broken", "b", "dead", "c"), directory -> {
            if (directory.equals("dead")) {
                hang();
            } else if (directory.equals("broken")) {
                throw new IllegalStateException("for a test");
            }
            seen.add(directory);
        });

        assertThat(silent).hasValueSatisfying(names -> assertThat(names).contains("broken", "dead"));
        assertThat(seen).contains("a", "b", "c");
    }

    @Test
    void looksAtNoMoreWhereSoFewAnswer() {
        List<String> dead = List.of("1", "2", "3", "4", "5", "6");

        assertThat(impatient.silentAmong(dead, _ -> hang())).isEmpty();

        await().until(() -> hung.size() == HomesInTurn.MOST_LEFT);
    }

    @Test
    void takesFewThreadsWhereNoHomeAnswers() {
        for (int i = 0; i < 3 * HomesInTurn.MOST_LEFT; i++) {
            impatient.during("dead " + i, _ -> hang());
        }

        await().until(() -> hung.size() == HomesInTurn.MOST_LEFT);
    }

    @Test
    void whatFailsInOneHomeEndsNothing() {
        AtomicInteger done = new AtomicInteger();

        patient.during("broken", _ -> {
            throw new IllegalStateException("for a test");
        });
        patient.during("other", _ -> done.incrementAndGet());

        assertThat(done).hasValue(1);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> patient.during("dead", _ -> hang())).isInstanceOf(CancellationException.class);
    }
}
