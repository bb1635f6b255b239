package dev.zeroftpd.dataconnection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a port is found where any will do. */
class PassiveListenerTest {

    /** Below the ports that the system gives to clients: any connection of this machine may have one of those. */
    private static final int PORT = 21_600;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void listensOnAPortWhoseLastConnectionEndedAMomentAgo() throws IOException {
        Optional<IntSupplier> one = Optional.of(() -> PORT);
        endAConnectionTo(PassiveListener.listenOnAny(one, LOOPBACK));

        try (ServerSocketChannel again = PassiveListener.listenOnAny(one, LOOPBACK)) {
            assertThat(portOf(again)).isEqualTo(PORT);
        }
    }

    /** By the server, as a download does: its port rests in TIME_WAIT then. */
    private static void endAConnectionTo(ServerSocketChannel listener) throws IOException {
        try (listener;
                SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            listener.configureBlocking(true);
            listener.accept().close();
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void takesAnyOtherPortWhereAProgramHasThoseThatWereDrawn() throws IOException {
        try (ServerSocket other = new ServerSocket(PORT + 1, 1, LOOPBACK);
                ServerSocketChannel listener = PassiveListener.listenOnAny(Optional.of(() -> PORT + 1), LOOPBACK)) {
            assertThat(portOf(listener)).isPositive().isNotEqualTo(other.getLocalPort());
        }
    }

    /** Linux keeps every other port for connections while it can, so asking it for "any" gives half of them. */
    @Test
    void listensAnywhereInTheRangeOfThisMachine() throws IOException {
        Set<Integer> halves =
                IntStream.range(0, 100).map(_ -> portOfAny() % 2).boxed().collect(Collectors.toSet());

        assertThat(halves).containsExactlyInAnyOrder(0, 1);
    }

    private static int portOfAny() {
        try (ServerSocketChannel listener = PassiveListener.listenOnAny(PassiveListener.OF_THIS_MACHINE, LOOPBACK)) {
            return portOf(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int portOf(ServerSocketChannel listener) throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }
}
