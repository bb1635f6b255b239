package dev.zeroftpd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.operator.socket.SocketFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is at the socket's place is left alone, unless it is what a server has left. */
class SocketFileTest {

    @TempDir
    Path folder;

    private Path socket() {
        return folder.resolve("ftpd.sock");
    }

    private static void assertServesWithout(Path path) {
        assertThat(OperatorSocket.bind(path)).isEmpty();
    }

    @Test
    void leavesAFifoAlone() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", socket().toString()).start().waitFor())
                .isZero();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SocketFile.listen(socket()).close())
                .withMessageContaining("something else than a socket");
        assertThat(Files.getAttribute(socket(), "unix:mode", LinkOption.NOFOLLOW_LINKS))
                .matches(mode -> ((int) mode & 0xf000) == 0x1000, "a FIFO still");
    }

    @Test
    void aForeignListenerKeepsNoServerFromStarting() throws IOException {
        try (ServerSocketChannel foreign = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            foreign.bind(UnixDomainSocketAddress.of(socket()));
            Thread.ofVirtual().start(() -> answer(foreign, "null\n"));
            assertServesWithout(socket());
        }
        assertServesWithout(Path.of("/"));
    }

    private static void answer(ServerSocketChannel foreign, String line) {
        try (SocketChannel client = foreign.accept()) {
            client.read(ByteBuffer.allocate(100));
            client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException gone) {
            // the test has ended
        }
    }

    @Test
    void waitsForAServerThatIsAboutToEnd() throws IOException {
        try (ServerSocketChannel ending = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            ending.bind(UnixDomainSocketAddress.of(socket()));
            Thread.ofVirtual().start(() -> {
                answer(ending, "");
                close(ending);
            });
            try (SocketFile file = SocketFile.listen(socket())) {
                assertThat(socket()).exists();
                assertThat(file.accept()).isEmpty();
            }
        }
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersWhoHasFoundItAfterItsNameHasGone() throws IOException {
        try (SocketFile file = SocketFile.listen(socket());
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            file.leave();
            assertThat(socket()).doesNotExist();
            Optional<SocketChannel> accepted = file.accept();
            assertThat(accepted).isPresent();
            accepted.get().close();
            Files.writeString(socket(), "another server's");
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(socket()).exists();
    }

    @Test
    void refusesANameThatNoClientCouldConnectTo() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(100)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SocketFile.listen(deep.resolve("s")).close())
                .withMessageContaining("is too long");
        assertThat(deep).isEmptyDirectory();
    }
}
