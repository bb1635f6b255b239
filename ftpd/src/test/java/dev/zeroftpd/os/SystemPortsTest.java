package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.dataconnection.PassiveListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemPortsTest {

    /** Below the ports that the system gives to clients: any connection of this machine may have one of those. */
    private static final int PORT = 21_600;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path kernel;

    private Optional<SystemPorts> ports(String range, String reserved) throws IOException {
        Files.writeString(kernel.resolve("ip_local_port_range"), range);
        Files.writeString(kernel.resolve("ip_local_reserved_ports"), reserved);
        return SystemPorts.read(kernel);
    }

    @Test
    void drawsEveryPortOfTheRangeExceptThoseThatAreReserved() throws IOException {
        SystemPorts ports = ports("30000\t30009\n", "80,30002,30004-30006\n").orElseThrow();

        Random random = new Random(1);
        Set<Integer> drawn =
                IntStream.range(0, 1000).mapToObj(_ -> ports.draw(random)).collect(Collectors.toSet());

        assertThat(drawn).containsExactlyInAnyOrder(30000, 30001, 30003, 30007, 30008, 30009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1 2 3", "50000 40000", "0 10", "60000 70000"})
    void leavesTheChoiceToTheSystemWhereItSaysNothingUseful(String range) throws IOException {
        assertThat(ports(range, "")).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheSystemWhereEveryPortIsReserved() throws IOException {
        assertThat(ports("30000 30001", "30000-30001")).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheSystemWhereItTellsNoRange() {
        assertThat(SystemPorts.read(kernel.resolve("none"))).isEmpty();
    }

    @Test
    void listensOnAPortWhoseLastConnectionEndedAMomentAgo() throws IOException {
        Optional<SystemPorts> one = ports(PORT + " " + PORT, "");
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
                ServerSocketChannel listener =
                        PassiveListener.listenOnAny(ports(PORT + 1 + " " + (PORT + 1), ""), LOOPBACK)) {
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
        try (ServerSocketChannel listener = PassiveListener.listenOnAny(SystemPorts.OF_THIS_MACHINE, LOOPBACK)) {
            return portOf(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int portOf(ServerSocketChannel listener) throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }
}
