package dev.zeroftpd.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The client's end of one data connection, well-behaved or not. One thread. */
public final class DataClient implements AutoCloseable {

    /**
     * Small, so that a client that stops reading stops the server after a few hundred KiB and not after what the kernel
     * would like to buffer.
     */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private static final int READ_MILLIS = 30_000;

    private Socket socket;

    private DataClient(Socket socket) {
        this.socket = socket;
    }

    public static DataClient connect(InetSocketAddress address) throws IOException {
        return connect(address, null);
    }

    /** Connects from an address of the client's choice; null for the kernel's. */
    public static DataClient connect(InetSocketAddress address, @Nullable InetSocketAddress from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(READ_MILLIS);
        socket.bind(from);
        socket.connect(address);
        return new DataClient(socket);
    }

    /** Starts RETR and opens its data connection; returns when 150 has come. */
    public static DataClient retrieve(ControlClient control, Way.Mode mode, String name) throws IOException {
        return switch (mode) {
            case PASSIVE -> {
                DataClient data = connect(control.extendedPassive());
                control.expect(150, "RETR " + name);
                yield data;
            }
            case ACTIVE -> {
                try (ServerSocket listener = new ServerSocket()) {
                    listener.setReceiveBufferSize(RECEIVE_BUFFER);
                    listener.setSoTimeout(READ_MILLIS);
                    listener.bind(new InetSocketAddress(control.localAddress().getAddress(), 0));
                    control.extendedPort(listener.getLocalPort());
                    control.expect(150, "RETR " + name);
                    Socket socket = listener.accept();
                    socket.setSoTimeout(READ_MILLIS);
                    yield new DataClient(socket);
                }
            }
        };
    }

    /** What one command sends over a data connection of its own, EPSV included. */
    public static byte[] received(ControlClient control, String command) throws IOException {
        byte[] bytes;
        try (DataClient data = connect(control.extendedPassive())) {
            control.expect(150, command);
            bytes = data.input().readAllBytes();
        }
        control.expectReply(226);
        return bytes;
    }

    /** Sends bytes to one command over a data connection of its own, EPSV included. Returns the last reply. */
    public static Reply sent(ControlClient control, String command, byte[] bytes) throws IOException {
        try (DataClient data = connect(control.extendedPassive())) {
            control.expect(150, command);
            data.output().write(bytes);
        }
        return control.reply();
    }

    /** Begins TLS, once 150 has come to a client that asked for PROT P. */
    public void protect(SSLContext client) throws IOException {
        SSLSocket secured = (SSLSocket) client.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.startHandshake();
        socket = secured;
    }

    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Reads to the end and returns the number of bytes. An end by RST is an exception. */
    public long drain() throws IOException {
        return PatternFile.count(input());
    }

    /** Reads to whatever end, FIN or RST, and returns the number of bytes. */
    public long bytesToWhateverEnd() throws IOException {
        byte[] buffer = new byte[RECEIVE_BUFFER];
        long total = 0;
        try {
            for (int read = input().read(buffer); read != -1; read = input().read(buffer)) {
                total += read;
            }
        } catch (SocketException reset) {
            return total;
        }
        return total;
    }

    /** Reads to whatever end. True if it was FIN, which in MODE S says "complete". */
    public boolean endsAsComplete() throws IOException {
        try {
            drain();
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Says that all has been sent. */
    public void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Leaves with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
