package dev.zeroftpd.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class LoginQueueTest {

    private final LoginQueue queue = new LoginQueue();
    private final List<Verification> timed = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private final class Client implements Verification {
        private final String name;
        private boolean departed;

        private final AddressPrefix from;
        private final boolean likelyRight;

        Client(String name) {
            this(name, 1, false);
        }

        Client(String name, int address, boolean likelyRight) {
            this(name, new AddressPrefix(address(address)), likelyRight);
        }

        Client(String name, AddressPrefix from, boolean likelyRight) {
            this.name = name;
            this.from = from;
            this.likelyRight = likelyRight;
            queue.add(this);
        }

        @Override
        public AddressPrefix from() {
            return from;
        }

        @Override
        public boolean isLikelyRight() {
            return likelyRight;
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

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static AddressPrefix prefix(String address) {
        try {
            return AddressPrefix.of(InetAddress.getByName(address), 64);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> order() {
        List<String> names = new ArrayList<>();
        Optional<Verification> next = queue.next(timed::add);
        while (next.isPresent()) {
            names.add(((Client) next.get()).name);
            next = queue.next(timed::add);
        }
        return names;
    }

    @Test
    void sitesTakeTurnsAndTheirPrefixesDoToo() {
        for (int i = 1; i <= 3; i++) {
            new Client("site " + i, prefix("2001:db8:5:" + i + "::"), false);
        }
        new Client("site 1 again", prefix("2001:db8:5:1::"), false);
        new Client("other", prefix("2001:db8:6:1::"), false);
        new Client("other again", prefix("2001:db8:6:1::"), false);
        new Client("ipv4", 1, false);

        assertThat(order())
                .containsExactly("site 1", "other", "ipv4", "site 2", "other again", "site 3", "site 1 again");
    }

    @Test
    void addressesTakeTurns() {
        for (int i = 1; i <= 3; i++) {
            new Client("many " + i, 1, false);
        }
        new Client("other", 2, false);
        new Client("third", 3, false);
        assertThat(order()).containsExactly("many 1", "other", "third", "many 2", "many 3");
    }

    @Test
    void addressesThatLeftTakeTurnsToo() {
        for (int i = 1; i <= 3; i++) {
            new Client("many " + i, 1, false).leaves();
        }
        new Client("other", 2, false).leaves();
        assertThat(order()).containsExactly("many 1", "other", "many 2", "many 3");
    }

    @Test
    void passwordsThatWereRightBeforeGoFirst() {
        new Client("guess", 1, false);
        new Client("known", 1, true);
        new Client("other guess", 2, false);
        new Client("known too", 2, true);
        assertThat(order()).containsExactly("known", "known too", "guess", "other guess");
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
