package dev.zeroftpd.dataconnection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;

/**
 * The streams of a data connection for stock commands. Those blame a {@link SocketException} on the network (426) and
 * every other exception on the disk (551); a closed channel throws another one, so it is translated. One thread at a
 * time, but any may close it.
 */
final class BlockingSocket extends Socket {
    private final Socket connected;

    BlockingSocket(Socket connected) {
        this.connected = connected;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(connected.getInputStream()) {
            @Override
            public int read() throws IOException {
                try {
                    return super.read();
                } catch (ClosedChannelException e) {
                    throw closed(e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return super.read(bytes, offset, length);
                } catch (ClosedChannelException e) {
                    throw closed(e);
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(connected.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (ClosedChannelException e) {
                    throw closed(e);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        connected.close();
    }

    private static SocketException closed(ClosedChannelException cause) {
        SocketException closed = new SocketException("Data connection closed");
        closed.initCause(cause);
        return closed;
    }
}
