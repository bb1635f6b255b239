package dev.zeroftpd.dataconnection.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The sending half of a TLS connection: turns bytes into full-size records and hands many of them to the socket in one
 * write. Used by the connection's one thread.
 */
final class RecordWriter {
    /** One system call for 15 records: beyond this size neither throughput nor CPU time improves measurably. */
    private static final int BULK_BYTES = 256 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final SSLEngine engine;
    private final WritableByteChannel socket;

    /** Heap memory, because the JDK's AES-GCM works on arrays and would copy direct memory in small pieces. */
    private ByteBuffer records;

    RecordWriter(SSLEngine engine, WritableByteChannel socket) {
        this.engine = engine;
        this.socket = socket;
        this.records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /** Encrypts and sends all of {@code source}, blocking as long as that takes. */
    void write(ByteBuffer source) throws IOException {
        if (source.remaining() > engine.getSession().getApplicationBufferSize()) {
            growTo(BULK_BYTES);
        }
        while (source.hasRemaining()) {
            SSLEngineResult result = wrap(source);
            if (result.getStatus() == Status.CLOSED) {
                throw new ClosedChannelException();
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                DelegatedTasks.run(engine);
            }
        }
        flush();
    }

    /** Sends what the handshake, a key update or the end of the connection has to say. */
    HandshakeStatus writeHandshake() throws IOException {
        HandshakeStatus status = wrap(NOTHING.duplicate()).getHandshakeStatus();
        if (status != HandshakeStatus.NEED_WRAP) {
            flush();
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
        flush();
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        while (true) {
            SSLEngineResult result = engine.wrap(source, records);
            if (result.getStatus() != Status.BUFFER_OVERFLOW) {
                return result;
            }
            if (records.position() > 0) {
                flush();
            } else {
                growForOneRecord();
            }
        }
    }

    private void flush() throws IOException {
        records.flip();
        while (records.hasRemaining()) {
            socket.write(records);
        }
        records.clear();
    }

    private void growForOneRecord() throws SSLException {
        int needed = engine.getSession().getPacketBufferSize();
        if (records.capacity() >= needed) {
            throw new SSLException("a record is larger than TLS allows");
        }
        growTo(needed);
    }

    private void growTo(int capacity) {
        if (records.capacity() < capacity) {
            ByteBuffer larger = ByteBuffer.allocate(capacity);
            records = larger.put(records.flip());
        }
    }
}
