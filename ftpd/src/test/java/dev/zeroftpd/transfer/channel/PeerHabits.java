package dev.zeroftpd.transfer.channel;

import java.time.Duration;

/** What clients are known for, for tests of other packages. */
public final class PeerHabits {

    private PeerHabits() {}

    /** Of a client that closed its last data connection at once: the thread that sends waits for it in place. */
    public static PeerHabit closesAtOnce() {
        PeerHabit habit = new PeerHabit();
        habit.closed(0);
        return habit;
    }

    /** How long a client that is known for {@code habit} gets to close its side. */
    public static Duration patience(PeerHabit habit) {
        return Duration.ofMillis(habit.millis());
    }
}
