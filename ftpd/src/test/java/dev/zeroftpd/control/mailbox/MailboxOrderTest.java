package dev.zeroftpd.control.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.rule.Conduct;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a session's letters, however client, threads and ends of transfers take turns: by chance and by a race. */
class MailboxOrderTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void keepsOrderInEveryInterleavingOfClientCompletionsAndThreads(long seed) {
        for (int round = 0; round < 500; round++) {
            new Interleaving(new Random(seed * 1_000 + round)).play();
        }
    }

    /** One random session: what a client sends, when threads get their turn, when transfers end, when it is closed. */
    private static final class Interleaving {
        private final Random random;
        private final List<Runnable> threads = new ArrayList<>();
        private final ArrayDeque<Runnable> transfers = new ArrayDeque<>();
        private final List<Integer> ran = new ArrayList<>();
        private final Mailbox mailbox =
                new Mailbox(threads::add, () -> !threads.isEmpty(), () -> {}, MailboxTest.MEMBER, System::nanoTime);
        private int sent;
        private int running;
        private boolean transferring;
        private boolean closed;

        Interleaving(Random random) {
            this.random = random;
        }

        void play() {
            int closeAt = random.nextInt(60);
            for (int step = 0; step < 50; step++) {
                if (step == closeAt) {
                    mailbox.close(this::end);
                }
                switch (random.nextInt(4)) {
                    case 0, 1 -> send();
                    case 2 -> runOneThread();
                    default -> completeOne();
                }
            }
            boolean wasClosed = closeAt < 50;
            while (!threads.isEmpty() || !transfers.isEmpty()) {
                runOneThread();
                completeOne();
            }
            assertThat(closed).isEqualTo(wasClosed);
            assertThat(ran).isSorted().doesNotHaveDuplicates();
            if (!wasClosed) {
                assertThat(ran).hasSize(sent);
                assertThat(mailbox.isReady()).isTrue();
            }
        }

        private void send() {
            int number = sent++;
            switch (random.nextInt(5)) {
                case 0 -> mailbox.offer(new Letter(() -> exclusively(number, this::begin), Conduct.ORDINARY));
                case 1 -> mailbox.offer(new Letter(() -> exclusively(number, this::beginAndEnd), Conduct.ORDINARY));
                case 2 -> mailbox.offer(new Letter(() -> during(number), Conduct.QUICK_DURING_TRANSFER));
                case 3 -> mailbox.offer(new Letter(() -> exclusively(number, () -> {}), Conduct.QUICK));
                default -> mailbox.offer(new Letter(() -> exclusively(number, () -> {}), Conduct.ABORT));
            }
        }

        private void begin() {
            Ending ending = new Ending();
            mailbox.beginTransfer(ending);
            transferring = true;
            transfers.add(() -> ending.finish(this::completed));
        }

        private void beginAndEnd() {
            Ending ending = new Ending();
            mailbox.beginTransfer(ending);
            transferring = true;
            ending.finish(this::completed);
        }

        private void completed() {
            assertThat(running).isZero();
            assertThat(closed).isFalse();
            transferring = false;
        }

        private void exclusively(int number, Runnable body) {
            assertThat(transferring).as("a transfer is under way").isFalse();
            during(number);
            running++;
            body.run();
            running--;
        }

        private void during(int number) {
            assertThat(running).as("something else runs").isZero();
            assertThat(closed).isFalse();
            ran.add(number);
        }

        private void end() {
            assertThat(running).isZero();
            assertThat(transferring).isFalse();
            assertThat(closed).isFalse();
            closed = true;
        }

        private void runOneThread() {
            if (!threads.isEmpty()) {
                threads.remove(random.nextInt(threads.size())).run();
            }
        }

        private void completeOne() {
            if (!transfers.isEmpty()) {
                transfers.removeFirst().run();
            }
        }

        private final class Ending implements Unasked {
            @Override
            public void finish(Runnable onMailbox) {
                mailbox.complete(onMailbox);
            }
        }
    }

    /** A transfer of which the test asks nothing but its end. */
    private static final class Silent implements Unasked {}

    @Test
    void losesNothingWhenClientAndCompletionsRaceOnRealThreads() throws InterruptedException {
        int rounds = 2_000;
        ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(rounds);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Mailbox raced = new Mailbox(threads, () -> true, () -> {}, MailboxTest.MEMBER, System::nanoTime);
            for (int i = 0; i < rounds; i++) {
                int number = i;
                raced.offer(new Letter(
                        () -> {
                            ran.add(number);
                            raced.beginTransfer(new Silent());
                            threads.execute(() -> raced.complete(all::countDown));
                        },
                        Conduct.ORDINARY));
                raced.offer(new Letter(() -> {}, Conduct.QUICK_DURING_TRANSFER));
            }
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(List.copyOf(ran)).hasSize(rounds).isSorted();
    }
}
