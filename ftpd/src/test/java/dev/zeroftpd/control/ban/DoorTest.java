package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.ops.event.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class DoorTest {

    private final AtomicBoolean memoryIsFull = new AtomicBoolean();
    private final Bans bans = Bans.inMemory(GuessesTest.rules(10, Set.of()), () -> {
        if (memoryIsFull.get()) {
            throw new OutOfMemoryError("for a test");
        }
        return 0;
    });

    /** No other code knows the socket: it would stay open for good, and its client would wait for a greeting. */
    @Test
    void closesWhatItCannotDecideAbout() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        bans.ban(AddressPrefix.of(loopback, 64), "a test");
        memoryIsFull.set(true);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel accepted = listener.accept()) {
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> new Door(bans, true, Events.NONE).isClosedTo(accepted));

            assertThat(accepted.isOpen()).isFalse();
            assertThat(client.socket().getInputStream().read()).isEqualTo(-1);
        }
    }
}
