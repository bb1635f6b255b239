package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An encrypted data connection over a plain one; the server is the TLS server in passive and in active mode (RFC 4217,
 * section 7). Read and written by one thread, which may be virtual; {@link #reset()} may be called by any.
 */
final class TlsDataChannel implements DataChannel {
    private final SSLEngine engine;
    private final DataChannel socket;
    private final RecordWriter writer;
    private final RecordReader reader;
    private boolean closed;

    TlsDataChannel(SSLEngine engine, DataChannel socket) {
        this.engine = engine;
        this.socket = socket;
        this.writer = new RecordWriter(engine, socket);
        this.reader = new RecordReader(engine, socket, writer);
    }

    /** Blocks until both sides are ready for data. */
    void handshake() throws IOException {
        try {
            shakeHands();
        } finally {
            Turn.current().leave();
        }
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (true) {
            switch (status) {
                case NEED_WRAP -> status = writer.writeHandshake();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> status = reader.readHandshake();
                case NEED_TASK -> {
                    DelegatedTasks.run(engine);
                    status = engine.getHandshakeStatus();
                }
                case FINISHED -> {
                    status = engine.getHandshakeStatus();
                }
                case NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    /** Ends a connection whose handshake failed; tells the peer why if it still reads. */
    void refuse() {
        try {
            writer.end();
            socket.close();
        } catch (IOException ignored) {
            // The handshake's failure is what gets reported; that its alert could not be sent adds nothing.
            socket.reset();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return reader.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        writer.write(source);
        return count;
    }

    /** True once close_notify came: only then is it certain that everything sent was received. */
    @Override
    public boolean peerEndIsProof() {
        return peerEndedCleanly();
    }

    @Override
    public boolean peerEndedCleanly() {
        return reader.closeNotifyReceived();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (socket) {
            writer.end();
        } catch (SSLException e) {
            socket.reset();
            throw e;
        }
    }

    @Override
    public void reset() {
        socket.reset();
    }
}
