package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.rule.Conduct;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The letters that wait in one mailbox, and the bytes that they hold. Guarded by the mailbox's lock. */
final class LetterQueue {

    private final ArrayDeque<Letter> letters = new ArrayDeque<>(2);
    private final Intake intake;
    private int bytes;

    LetterQueue(Intake intake) {
        this.intake = intake;
    }

    void add(Letter letter) {
        letters.add(letter);
        hold(letter.bytes());
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

    /** True if nothing more should be read. */
    boolean isFull() {
        return intake.isFull(letters.size(), bytes);
    }

    /** True if reading may begin again. */
    boolean isLow() {
        return intake.isLow(letters.size(), bytes);
    }
}
