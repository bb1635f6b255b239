package dev.zeroftpd.it.accounts;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection that sends only when its owner begins to read, all in one write: a fast client's data behind a slow network. One thread. */
final class WholeFlights extends Socket {

    private static final int REPLY_MILLIS = 30_000;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    WholeFlights(InetSocketAddress server) throws IOException {
        setTcpNoDelay(true);
        setSoTimeout(REPLY_MILLIS);
        connect(server);
    }

    private void send() throws IOException {
        if (held.size() > 0) {
            super.getOutputStream().write(held.toByteArray());
            held.reset();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                send();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                send();
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                held.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                held.write(bytes, offset, length);
            }
        };
    }
}
