package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class IntakeTest {

    private static final int MOST = 1000;

    private final InputBudget budget = new InputBudget(MOST);
    private final Intake stranger = new Intake(() -> true, budget);
    private final Intake member = new Intake(() -> false, budget);

    @Test
    void aStrangerMayQueueLittle() {
        assertThat(stranger.isFull(Intake.LETTERS_BEFORE_LOGIN - 1, 20)).isFalse();
        assertThat(stranger.isFull(Intake.LETTERS_BEFORE_LOGIN, 20)).isTrue();
        assertThat(stranger.isFull(1, Intake.BYTES_BEFORE_LOGIN)).isTrue();
        assertThat(stranger.isLow(Intake.LETTERS_BEFORE_LOGIN / 2, 20)).isTrue();
        assertThat(stranger.isLow(1, Intake.BYTES_BEFORE_LOGIN)).isFalse();
    }

    @Test
    void whoIsLoggedInMayQueueMore() {
        assertThat(member.isFull(Intake.LETTERS - 1, Integer.MAX_VALUE)).isFalse();
        assertThat(member.isFull(Intake.LETTERS, 0)).isTrue();
        assertThat(member.isLow(Intake.LETTERS / 2 + 1, 0)).isFalse();
        assertThat(member.isLow(Intake.LETTERS / 2, 0)).isTrue();
    }

    @Test
    void everybodyMayQueueOneCommandWhenTheServerHoldsMuch() {
        budget.add(MOST);
        for (Intake intake : new Intake[] {stranger, member}) {
            assertThat(intake.isFull(0, 0)).isFalse();
            assertThat(intake.isFull(1, 5)).isTrue();
            assertThat(intake.isLow(1, 5)).isFalse();
            assertThat(intake.isLow(0, 0)).isTrue();
        }
        budget.add(-1);
        assertThat(member.isFull(1, 5)).isFalse();
    }

    @Test
    void theBudgetIsOverdrawnAtTwiceItsSize() {
        budget.add(2 * MOST - 1);
        assertThat(budget.isOverdrawn()).isFalse();
        budget.add(1);
        assertThat(budget.isOverdrawn()).isTrue();
    }
}
