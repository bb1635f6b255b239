package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.rule.Conduct;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The letters that wait in one mailbox, the bytes that they hold, and whether more may be read meanwhile. Guarded by the
 * mailbox's lock.
 */
final class LetterQueue {

    private final ArrayDeque<Letter> letters = new ArrayDeque<>(2);
    private final Intake intake;
    private int bytes;
    private boolean inputPaused;
    private boolean barrier;

    LetterQueue(Intake intake) {
        this.intake = intake;
    }

    /** A letter of the client, after which nothing more may be read if it is a barrier or the queue is full. */
    void add(Letter letter) {
        addLast(letter);
        barrier |= letter.conduct().barrier();
        inputPaused |= barrier || intake.isFull(letters.size(), bytes);
    }

    /** A letter of the server, which pauses nothing. */
    void addLast(Letter letter) {
        letters.add(letter);
        hold(letter.bytes());
    }

    /** A letter has run; true if reading, which was paused, may begin again. */
    boolean resumes(Letter ran) {
        if (ran.conduct().barrier()) {
            barrier = false;
        }
        boolean resumed = inputPaused && !barrier && intake.isLow(letters.size(), bytes);
        if (resumed) {
            inputPaused = false;
        }
        return resumed;
    }

    @Nullable
    Letter peek() {
        return letters.peek();
    }

    @Nullable
    Letter poll() {
        @Nullable Letter head = letters.poll();
        if (head != null) {
            hold(-head.bytes());
        }
        return head;
    }

    void clear() {
        letters.clear();
        hold(-bytes);
    }

    private void hold(int more) {
        if (more != 0) {
            bytes += more;
            intake.budget().add(more);
        }
    }

    boolean hasAbort() {
        return letters.stream().anyMatch(letter -> letter.conduct() == Conduct.ABORT);
    }

    /** True if nothing more should be read until {@link #resumes} says so. */
    boolean isInputPaused() {
        return inputPaused;
    }
}
