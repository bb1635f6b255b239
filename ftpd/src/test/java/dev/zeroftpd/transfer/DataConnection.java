package dev.zeroftpd.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32;

/** Two ends of one TCP connection over loopback: the engine's, and the client's, which blocks. */
record DataConnection(SocketChannel server, SocketChannel client) implements AutoCloseable {

    /** How a client saw the end: every byte and then FIN, or a reset after some of them. */
    record Received(long bytes, long checksum, boolean reset) {}

    static DataConnection open() throws IOException {
        return open(0);
    }

    /** With small socket buffers where {@code bufferBytes} is above 0, so that a transfer blocks early. */
    static DataConnection open(int bufferBytes) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            if (bufferBytes > 0) {
                listener.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel server = SocketChannel.open();
            if (bufferBytes > 0) {
                server.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            }
            server.connect(listener.getLocalAddress());
            server.configureBlocking(false);
            return new DataConnection(server, listener.accept());
        }
    }

    /** Reads to the end. */
    Received receive() {
        return receive(Long.MAX_VALUE);
    }

    /** Reads to the end, but at most about {@code atMost} bytes. */
    Received receive(long atMost) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        CRC32 checksum = new CRC32();
        long total = 0;
        try {
            while (total < atMost && client.read(buffer.clear()) >= 0) {
                total += buffer.flip().remaining();
                checksum.update(buffer);
            }
            return new Received(total, checksum.getValue(), false);
        } catch (IOException e) {
            return new Received(total, checksum.getValue(), true);
        }
    }

    void sendByClient(byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }

    void resetByClient() throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
