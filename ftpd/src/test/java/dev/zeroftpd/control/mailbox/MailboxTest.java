package dev.zeroftpd.control.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.control.admission.InputBudget;
import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MailboxTest {

    /** Somebody who is logged in. */
    static final Intake MEMBER = new Intake(() -> false, new InputBudget());

    /** Runs what the mailbox hands on only when the test says so, in the order that the test says. */
    private final List<Runnable> handedOn = new ArrayList<>();

    private final List<String> events = new ArrayList<>();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Mailbox mailbox =
            new Mailbox(handedOn::add, () -> !handedOn.isEmpty(), resumed::incrementAndGet, MEMBER, now::get);

    private final class Begun implements Unasked {
        private final List<Cause> causes = new ArrayList<>();

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

    private Mailbox withoutThreads() {
        return new Mailbox(
                _ -> {
                    throw new RejectedExecutionException("no thread");
                },
                () -> true,
                resumed::incrementAndGet,
                MEMBER,
                now::get);
    }

    @Test
    void runsOnTheThreadThatItCameByWhereTheSystemHasNoOther() {
        Mailbox poor = withoutThreads();
        int letters = 3 * 32; // several turns

        for (int i = 0; i < letters; i++) {
            poor.offer(letter("letter " + i, Conduct.ORDINARY));
        }
        poor.close(() -> events.add("end"));

        assertThat(events).hasSize(letters + 1).endsWith("end");
    }

    @Test
    void turnsOnOneThreadDoNotNest() {
        Mailbox poor = withoutThreads();
        List<Integer> depths = new ArrayList<>();
        Letter deep = new Letter(() -> depths.add(new Throwable().getStackTrace().length), Conduct.ORDINARY);

        poor.offer(new Letter(
                () -> {
                    for (int i = 0; i < 10 * 32; i++) {
                        poor.offer(deep);
                    }
                },
                Conduct.ORDINARY));

        assertThat(depths).hasSize(10 * 32);
        assertThat(depths.getLast()).isEqualTo(depths.get(1));
    }

    @Test
    @Tag("attack")
    void letsOthersHaveItsThreadWhenItsTimeIsOver() {
        for (int i = 0; i < 3; i++) {
            String name = "long " + i;
            mailbox.offer(new Letter(
                    () -> {
                        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                        events.add(name);
                    },
                    Conduct.ORDINARY));
        }
        handedOn.add(() -> events.add("another session"));
        runAll();
        assertThat(events).containsExactly("long 0", "another session", "long 1", "long 2");
    }

    @Test
    void keepsItsThreadWhenItsTimeIsOverAndNoOtherWaits() {
        for (int i = 0; i < 2; i++) {
            mailbox.offer(new Letter(
                    () -> {
                        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                        events.add("threads wanted: " + handedOn.size());
                    },
                    Conduct.ORDINARY));
        }
        handedOn.removeFirst().run();
        assertThat(events).containsExactly("threads wanted: 0", "threads wanted: 0");
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
        for (int rounds = 0; !MEMBER.isFull(rounds, 0); rounds++) {
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

    @Test
    void cancelsWhatACommandBeginsAfterItsSessionWasEnded() {
        Begun begun = new Begun();
        mailbox.offer(new Letter(
                () -> {
                    mailbox.finishWith(letter("421", Conduct.QUICK));
                    mailbox.cancel(Cause.KICKED);
                    mailbox.beginTransfer(begun);
                },
                Conduct.ORDINARY));
        runAll();
        assertThat(begun.causes).containsExactly(Cause.KICKED);
    }

    @Test
    void anAbortEndsOnlyWhatItFound() {
        mailbox.cancel(Cause.ABOR);
        Begun begun = beginTransfer();
        runAll();
        assertThat(begun.causes).isEmpty();
    }
}
