package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.impl.FtpIoSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    /** Runs what the mailbox hands on only when the test says so, in the order that the test says. */
    private final List<Runnable> handedOn = new ArrayList<>();

    private final List<String> events = new ArrayList<>();
    private final AtomicInteger resumed = new AtomicInteger();
    private final Mailbox mailbox = new Mailbox(handedOn::add, resumed::incrementAndGet);

    private final class Begun implements Pending {
        private final List<Cause> causes = new ArrayList<>();

        @Override
        public FtpIoSession session() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void finish(Runnable onMailbox) {
            mailbox.complete(onMailbox);
        }

        @Override
        public void cancel(Cause cause) {
            causes.add(cause);
        }

        @Override
        public void clientReset() {
            events.add("reset");
        }
    }

    private Letter letter(String name, Conduct conduct) {
        return new Letter(() -> events.add(name), conduct);
    }

    private void runAll() {
        while (!handedOn.isEmpty()) {
            handedOn.removeFirst().run();
        }
    }

    private Begun beginTransfer() {
        Begun begun = new Begun();
        mailbox.offer(new Letter(
                () -> {
                    mailbox.beginTransfer(begun);
                    events.add("150");
                },
                Conduct.ORDINARY));
        return begun;
    }

    @Test
    void runsAQuickLetterOnTheCallersThreadWhenNothingIsBeforeIt() {
        mailbox.offer(letter("quick", Conduct.QUICK));
        assertThat(events).containsExactly("quick");
        assertThat(handedOn).isEmpty();
    }

    @Test
    void handsOnALetterThatMayBlock() {
        mailbox.offer(letter("slow", Conduct.ORDINARY));
        assertThat(events).isEmpty();
        runAll();
        assertThat(events).containsExactly("slow");
    }

    @Test
    void keepsTheOrderWhenAQuickLetterFollowsASlowOne() {
        mailbox.offer(letter("slow", Conduct.ORDINARY));
        mailbox.offer(letter("quick", Conduct.QUICK));
        runAll();
        assertThat(events).containsExactly("slow", "quick");
    }

    @Test
    void runsOnlyWhatMayRunDuringATransferAndOnlyWhileNothingIsBeforeIt() {
        Begun transfer = beginTransfer();
        runAll();
        mailbox.offer(letter("noop", Conduct.QUICK_DURING_TRANSFER));
        mailbox.offer(letter("pwd", Conduct.QUICK));
        mailbox.offer(letter("late noop", Conduct.QUICK_DURING_TRANSFER));
        runAll();
        assertThat(events).containsExactly("150", "noop");
        transfer.finish(() -> events.add("226"));
        runAll();
        assertThat(events).containsExactly("150", "noop", "226", "pwd", "late noop");
    }

    @Test
    void runsACompletionThatCameInsideTheCommandRightAfterIt() {
        Begun transfer = new Begun();
        mailbox.offer(new Letter(
                () -> {
                    mailbox.beginTransfer(transfer);
                    transfer.finish(() -> events.add("226"));
                    events.add("150");
                },
                Conduct.ORDINARY));
        mailbox.offer(letter("next", Conduct.ORDINARY));
        runAll();
        assertThat(events).containsExactly("150", "226", "next");
    }

    @Test
    void cancelsATransferThatBeginsWhileAnAbortIsQueued() {
        Begun transfer = beginTransfer();
        mailbox.offer(letter("abor", Conduct.ABORT));
        runAll();
        assertThat(transfer.causes).containsExactly(Cause.ABOR);
        assertThat(events).containsExactly("150");
        transfer.finish(() -> events.add("426"));
        runAll();
        assertThat(events).containsExactly("150", "426", "abor");
    }

    @Test
    void cancelsATransferThatBeginsAfterTheSessionWasClosed() {
        Begun transfer = beginTransfer();
        mailbox.close(() -> events.add("closed"));
        runAll();
        assertThat(transfer.causes).containsExactly(Cause.CONTROL_CLOSED);
        transfer.finish(() -> events.add("426"));
        runAll();
        assertThat(events).containsExactly("150", "426", "closed");
    }

    @Test
    void tellsOnlyWhatIsPendingOfAResetAndRunsWhatIsQueued() {
        Begun transfer = beginTransfer();
        runAll();
        mailbox.offer(letter("queued", Conduct.ORDINARY));
        mailbox.clientReset();
        assertThat(transfer.causes).isEmpty();
        transfer.finish(() -> events.add("226"));
        runAll();
        assertThat(events).containsExactly("150", "reset", "226", "queued");
    }

    @Test
    void tellsATransferThatBeginsAfterAResetAndKeepsItsQueue() {
        mailbox.clientReset();
        Begun transfer = beginTransfer();
        mailbox.offer(letter("queued", Conduct.ORDINARY));
        runAll();
        assertThat(events).containsExactly("reset", "150");
        transfer.finish(() -> events.add("226"));
        runAll();
        assertThat(events).containsExactly("reset", "150", "226", "queued");
    }

    @Test
    void dropsWhatIsQueuedAndEndsLastWhenClosed() {
        Begun transfer = beginTransfer();
        runAll();
        mailbox.offer(letter("queued", Conduct.ORDINARY));
        mailbox.close(() -> events.add("closed"));
        mailbox.offer(letter("too late", Conduct.QUICK));
        runAll();
        assertThat(transfer.causes).containsExactly(Cause.CONTROL_CLOSED);
        assertThat(events).containsExactly("150");
        transfer.finish(() -> events.add("completion"));
        runAll();
        assertThat(events).containsExactly("150", "completion", "closed");
    }

    @Test
    void runsNothingWhileACommandIsDeferred() {
        Begun deferred = new Begun();
        mailbox.offer(new Letter(() -> mailbox.beginWaiting(deferred), Conduct.ORDINARY));
        mailbox.offer(letter("noop", Conduct.QUICK_DURING_TRANSFER));
        runAll();
        assertThat(events).isEmpty();
        deferred.finish(() -> events.add("230"));
        runAll();
        assertThat(events).containsExactly("230", "noop");
    }

    @Test
    void refusesASecondBeginningInOneCommand() {
        mailbox.offer(new Letter(
                () -> {
                    mailbox.beginTransfer(new Begun());
                    assertThatThrownBy(() -> mailbox.beginWaiting(new Begun()))
                            .isInstanceOf(IllegalStateException.class);
                    events.add("refused");
                },
                Conduct.QUICK));
        assertThat(events).containsExactly("refused");
    }

    @Test
    void pausesTheInputWhenFullAndResumesItAtHalf() {
        for (int i = 0; i < Mailbox.CAPACITY; i++) {
            assertThat(mailbox.inputPaused()).isFalse();
            mailbox.offer(letter("command", Conduct.ORDINARY));
            mailbox.offer(letter("command", Conduct.ORDINARY));
            if (mailbox.inputPaused()) {
                break;
            }
        }
        assertThat(mailbox.inputPaused()).isTrue();
        runAll();
        assertThat(mailbox.inputPaused()).isFalse();
        assertThat(resumed).hasValue(1);
    }

    @Test
    void pausesTheInputBehindABarrierUntilItHasRun() {
        mailbox.offer(letter("auth", Conduct.BARRIER));
        assertThat(mailbox.inputPaused()).isTrue();
        runAll();
        assertThat(mailbox.inputPaused()).isFalse();
        assertThat(resumed).hasValue(1);
    }

    @Test
    void goesOnAfterALetterThatThrows() {
        mailbox.offer(new Letter(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                Conduct.QUICK));
        mailbox.offer(letter("next", Conduct.QUICK));
        assertThat(events).containsExactly("next");
    }

    @Test
    void saysTheLastWordAfterTheTransferAndDropsWhatIsQueued() {
        Begun transfer = beginTransfer();
        runAll();
        mailbox.offer(letter("queued", Conduct.ORDINARY));
        mailbox.finishWith(letter("421", Conduct.QUICK));
        transfer.finish(() -> events.add("226"));
        mailbox.offer(letter("too late", Conduct.QUICK));
        runAll();
        assertThat(events).containsExactly("150", "226", "421");
    }

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
        private final Mailbox mailbox = new Mailbox(threads::add, () -> {});
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

        private final class Ending implements Pending {
            @Override
            public FtpIoSession session() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void finish(Runnable onMailbox) {
                mailbox.complete(onMailbox);
            }

            @Override
            public void cancel(Cause cause) {
                // the owner of the transfer ends it in its own time
            }

            @Override
            public void clientReset() {
                throw new UnsupportedOperationException();
            }
        }
    }

    @Test
    void losesNothingWhenClientAndCompletionsRaceOnRealThreads() throws InterruptedException {
        int rounds = 2_000;
        ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(rounds);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Mailbox raced = new Mailbox(threads, () -> {});
            for (int i = 0; i < rounds; i++) {
                int number = i;
                raced.offer(new Letter(
                        () -> {
                            ran.add(number);
                            raced.beginTransfer(new Begun());
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
