package dev.zeroftpd.transfer.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeerFaultTest {

    static Stream<Arguments> peers() {
        return Stream.of(
                Arguments.of(new SocketException("Connection reset"), "connection reset"),
                Arguments.of(new IOException("Connection reset by peer"), "connection reset"),
                Arguments.of(new IOException("Broken pipe"), "connection reset"),
                Arguments.of(new ConnectException("Connection refused"), "connection refused"),
                Arguments.of(new IOException("Connection timed out"), "connection timed out"),
                Arguments.of(new AsynchronousCloseException(), "the connection is closed"));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void saysWhatThePeerOrTheNetworkDid(IOException failure, String words) {
        assertThat(PeerFault.known(failure)).contains(words);
    }

    @Test
    void repeatsNoTextOfAnException() {
        IOException secret = new IOException("/10.1.2.3:40000 failed at com.example.Secret");
        assertThat(PeerFault.known(secret)).isEmpty();
        assertThat(new PeerException(secret))
                .hasMessage("the connection failed")
                .hasCause(secret);
        assertThat(PeerFault.words(new IOException())).isEqualTo("the connection failed");
    }

    @Test
    void leavesALackOfDescriptorsToOthers() {
        assertThat(PeerFault.known(new IOException("Too many open files"))).isEmpty();
    }
}
