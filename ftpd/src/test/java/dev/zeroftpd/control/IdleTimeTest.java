package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleTimeTest {

    private static final long SECOND = 1_000_000_000;

    /** As {@code System.nanoTime()} may: negative, and about to overflow. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final IdleTime idle = new IdleTime();

    @Test
    void beginsWhenItIsFirstAsked() {
        assertThat(idle.isLongerThan(5, 0, START)).isFalse();
        assertThat(idle.isLongerThan(5, 0, after(4))).isFalse();
        assertThat(idle.isLongerThan(5, 0, after(5))).isTrue();
    }

    @Test
    void beginsAnewWithEachByte() {
        assertThat(idle.isLongerThan(5, 10, START)).isFalse();
        assertThat(idle.isLongerThan(5, 11, after(5))).isFalse();
        assertThat(idle.isLongerThan(5, 11, after(9))).isFalse();
        assertThat(idle.isLongerThan(5, 11, after(10))).isTrue();
    }

    @Test
    void isNeverOverWithoutALimit() {
        assertThat(idle.isLongerThan(0, 0, START)).isFalse();
        assertThat(idle.isLongerThan(0, 0, after(1000))).isFalse();
    }

    private static long after(int seconds) {
        return START + seconds * SECOND;
    }
}
