package dev.zeroftpd.server.doctor;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** Calls this process by an address that others are told. One thread; blocks some seconds. */
final class Dial implements Closeable {

    private static final int PATIENCE_MILLIS = 3000;

    /** Too much to be guessed within the seconds of a call. */
    private static final int WORD = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerSocket listening;

    private Dial(ServerSocket listening) {
        this.listening = listening;
    }

    /**
     * Listens.
     *
     * @param port 0 for any
     * @return empty if another program has the port
     */
    static Optional<Dial> at(int port) throws IOException {
        ServerSocket listening = ServerSocketChannel.open().socket();
        try {
            listening.bind(new InetSocketAddress(port));
            return Optional.of(new Dial(listening));
        } catch (BindException taken) {
            listening.close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** @throws IOException if the call doesn't arrive, and why */
    void call(InetAddress address) throws IOException {
        try (Socket call = new Socket()) {
            connect(call, address);
            byte[] word = new byte[WORD];
            RANDOM.nextBytes(word);
            call.getOutputStream().write(word);
            if (!Arrays.equals(word, heard())) {
                throw new ConnectException("it reached another machine or program");
            }
        }
    }

    private void connect(Socket call, InetAddress address) throws IOException {
        try {
            call.connect(new InetSocketAddress(address, port()), PATIENCE_MILLIS);
        } catch (SocketTimeoutException e) {
            throw new ConnectException("no answer within " + PATIENCE_MILLIS / 1000 + " s");
        }
    }

    private byte[] heard() throws IOException {
        listening.setSoTimeout(PATIENCE_MILLIS);
        try (Socket answered = listening.accept()) {
            answered.setSoTimeout(PATIENCE_MILLIS);
            return answered.getInputStream().readNBytes(WORD);
        } catch (SocketTimeoutException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
