package dev.zeroftpd.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginQueueTest {

    private final LoginQueue queue = new LoginQueue();
    private final List<Verification> timed = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private final class Client implements Verification {
        private final String name;
        private boolean departed;

        Client(String name) {
            this.name = name;
            queue.add(this);
        }

        Client leaves() {
            departed = true;
            return this;
        }

        @Override
        public boolean isDeparted() {
            return departed;
        }

        @Override
        public void run() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void drop() {
            dropped.add(name);
        }
    }

    @Test
    void takesConnectedClientsInOrderAndThoseThatLeftBehindAllOfThem() {
        Client left = new Client("left").leaves();
        Client first = new Client("first");
        Client second = new Client("second");
        assertThat(queue.next(timed::add)).containsSame(first);
        assertThat(queue.next(timed::add)).containsSame(second);
        assertThat(timed).containsExactly(left);
        assertThat(queue.next(timed::add)).containsSame(left);
        assertThat(queue.next(timed::add)).isEmpty();
    }

    @Test
    void dropsClientsThatLeftBeyondTheMostThatMayWait() {
        for (int i = 0; i < LoginQueue.MOST_DEPARTED + 2; i++) {
            new Client("left " + i).leaves();
        }
        Client connected = new Client("connected");
        assertThat(queue.next(timed::add)).containsSame(connected);
        assertThat(timed).hasSize(LoginQueue.MOST_DEPARTED);
        assertThat(dropped)
                .containsExactly("left " + LoginQueue.MOST_DEPARTED, "left " + (LoginQueue.MOST_DEPARTED + 1));
    }

    @Test
    void givesOneThatWaitedTooLongToBeDroppedOnlyOnce() {
        Client left = new Client("left").leaves();
        new Client("connected");
        assertThat(queue.next(timed::add)).isPresent();
        assertThat(queue.remove(left)).isTrue();
        assertThat(queue.remove(left)).isFalse();
        assertThat(queue.next(timed::add)).isEmpty();
    }
}
