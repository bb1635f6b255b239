package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a TLS connection: turns bytes into full-size records and hands many of them to the socket in one
 * write. Used by the connection's one thread, which encrypts by turns.
 */
final class RecordWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final SSLEngine engine;
    private final WritableByteChannel socket;

    /** Room for one record, or for the small ones of a handshake. Holds what is not sent yet, ready to be appended to. */
    private ByteBuffer records;

    RecordWriter(SSLEngine engine, WritableByteChannel socket) {
        this.engine = engine;
        this.socket = socket;
        this.records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /** Encrypts and sends all of {@code source}, blocking as long as that takes. */
    void write(ByteBuffer source) throws IOException {
        boolean severalRecords = source.remaining() > engine.getSession().getApplicationBufferSize();
        ByteBuffer bulk = severalRecords ? BulkBuffers.POOL.borrow() : null;
        try {
            while (source.hasRemaining()) {
                SSLEngineResult result = wrap(source);
                if (result.getStatus() == Status.CLOSED) {
                    throw new ClosedChannelException();
                }
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    DelegatedTasks.run(engine);
                }
                if (bulk != null) {
                    collect(bulk);
                }
            }
            if (bulk != null) {
                send(bulk);
            }
            send(records);
        } finally {
            Turn.current().leave();
            giveBack(bulk);
        }
    }

    /** Sends what the handshake, a key update or the end of the connection has to say. */
    HandshakeStatus writeHandshake() throws IOException {
        HandshakeStatus status = wrap(NOTHING.duplicate()).getHandshakeStatus();
        if (status != HandshakeStatus.NEED_WRAP) {
            send(records);
        }
        return status;
    }

    /** Sends close_notify. */
    void end() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            if (wrap(NOTHING.duplicate()).getStatus() == Status.CLOSED) {
                break;
            }
        }
        send(records);
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        while (true) {
            Turn.current().take();
            SSLEngineResult result = engine.wrap(source, records);
            if (result.getStatus() != Status.BUFFER_OVERFLOW) {
                return result;
            }
            if (records.position() > 0) {
                send(records);
            } else {
                enlarge();
            }
        }
    }

    private void collect(ByteBuffer bulk) throws IOException {
        if (bulk.remaining() < records.position()) {
            send(bulk);
        }
        bulk.put(records.flip());
        records.clear();
    }

    /** Sends what {@code buffer} holds and empties it. */
    private void send(ByteBuffer buffer) throws IOException {
        Turn.current().leave();
        buffer.flip();
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
        buffer.clear();
    }

    private void enlarge() throws SSLException {
        int needed = engine.getSession().getPacketBufferSize();
        if (records.capacity() >= needed) {
            throw new SSLException("a record is larger than TLS allows");
        }
        records = ByteBuffer.allocate(needed);
    }

    private static void giveBack(@Nullable ByteBuffer bulk) {
        if (bulk != null) {
            BulkBuffers.POOL.giveBack(bulk);
        }
    }
}
