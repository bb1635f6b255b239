package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The receiving half of a TLS connection: reads many records in one system call and decrypts them straight into the
 * caller's buffer. Used by the connection's one thread, which decrypts by turns.
 */
final class RecordReader {
    private final SSLEngine engine;
    private final ReadableByteChannel socket;
    private final RecordWriter writer;

    /** Received and not yet decrypted: room for one record. Ready to be read from. */
    private ByteBuffer records;

    /** Decrypted and not yet taken, ready to be read from: used where the caller's buffer is smaller than a record. */
    private ByteBuffer leftover = ByteBuffer.allocate(0);

    /** The last read from the socket brought all that there was room for, so there is probably more. */
    private boolean bytesComeFast;

    private boolean socketEnded;
    private boolean closeNotifyReceived;

    RecordReader(SSLEngine engine, ReadableByteChannel socket, RecordWriter writer) {
        this.engine = engine;
        this.socket = socket;
        this.writer = writer;
        this.records =
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
    }

    boolean closeNotifyReceived() {
        return closeNotifyReceived;
    }

    /** Reads at least one byte, blocking as long as that takes; -1 at the end, clean or not. */
    int read(ByteBuffer target) throws IOException {
        try {
            return target.hasRemaining() ? readSome(target) : 0;
        } finally {
            Turn.current().leave();
        }
    }

    private int readSome(ByteBuffer target) throws IOException {
        if (!leftover.hasRemaining()) {
            if (target.remaining() >= engine.getSession().getApplicationBufferSize()) {
                int start = target.position();
                decrypt(target);
                return endIfNone(target.position() - start);
            }
            decrypt(leftoverForWriting());
            leftover.flip();
        }
        return endIfNone(takeLeftover(target));
    }

    private static int endIfNone(int count) {
        return count == 0 ? -1 : count;
    }

    /** Decrypts what has arrived as far as {@code target} has room for it; waits until there is something. */
    private void decrypt(ByteBuffer target) throws IOException {
        int start = target.position();
        decryptRecords(target);
        while (target.position() == start && !closeNotifyReceived && !socketEnded) {
            if (bytesComeFast && target.remaining() >= BulkBuffers.BYTES) {
                receiveMany(target);
            } else {
                fill();
                decryptRecords(target);
            }
        }
    }

    /** A slow peer never comes here, so that it can't keep a large buffer. */
    private void receiveMany(ByteBuffer target) throws IOException {
        ByteBuffer bulk = BulkBuffers.POOL.borrow();
        if (bulk == null) {
            fill();
            decryptRecords(target);
            return;
        }
        try {
            // One record less than there is room for: the engine wants room for a full record with each.
            bulk.limit(bulk.capacity() - engine.getSession().getPacketBufferSize());
            Turn.current().leave();
            int count = socket.read(bulk);
            socketEnded = count < 0;
            bytesComeFast = count >= records.capacity();
            bulk.flip();
            while (bulk.hasRemaining() && !closeNotifyReceived) {
                append(bulk);
                decryptRecords(target);
            }
        } finally {
            BulkBuffers.POOL.giveBack(bulk);
        }
    }

    /** Decrypts the complete records that are there; where nothing is, no other thread has to wait for it. */
    private void decryptRecords(ByteBuffer target) throws IOException {
        if (!records.hasRemaining()) {
            return;
        }
        int start = target.position();
        Turn.current().take();
        while (!closeNotifyReceived) {
            SSLEngineResult result = engine.unwrap(records, target);
            switch (result.getStatus()) {
                case OK -> answer(result.getHandshakeStatus());
                case CLOSED -> closeNotifyReceived = true;
                case BUFFER_OVERFLOW -> {
                    if (target.position() == start) {
                        throw new SSLException("a record is larger than TLS allows");
                    }
                    return;
                }
                case BUFFER_UNDERFLOW -> {
                    return;
                }
            }
        }
    }

    /** Takes one step of the handshake that needs the peer's next message. */
    HandshakeStatus readHandshake() throws IOException {
        while (true) {
            if (!records.hasRemaining()) {
                fillOrFail();
            }
            Turn.current().take();
            SSLEngineResult result = engine.unwrap(records, leftoverForWriting());
            leftover.flip();
            switch (result.getStatus()) {
                case OK -> {
                    return result.getHandshakeStatus();
                }
                case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than TLS allows");
                case CLOSED -> throw new HandshakeEnded(HandshakeFaults.CLIENT_LEFT);
                case BUFFER_UNDERFLOW -> fillOrFail();
            }
        }
    }

    private void fillOrFail() throws IOException {
        fill();
        if (socketEnded) {
            throw new HandshakeEnded(HandshakeFaults.CLIENT_LEFT);
        }
    }

    private void answer(HandshakeStatus status) throws IOException {
        HandshakeStatus next = status;
        while (next == HandshakeStatus.NEED_TASK || next == HandshakeStatus.NEED_WRAP) {
            if (next == HandshakeStatus.NEED_TASK) {
                DelegatedTasks.run(engine);
                next = engine.getHandshakeStatus();
            } else {
                next = writer.writeHandshake();
            }
        }
    }

    private ByteBuffer leftoverForWriting() {
        int needed = engine.getSession().getApplicationBufferSize();
        if (leftover.capacity() < needed) {
            leftover = ByteBuffer.allocate(needed);
        }
        return leftover.clear();
    }

    private int takeLeftover(ByteBuffer target) {
        int count = Math.min(leftover.remaining(), target.remaining());
        target.put(target.position(), leftover, leftover.position(), count);
        target.position(target.position() + count);
        leftover.position(leftover.position() + count);
        return count;
    }

    /** Reads more behind what is there. */
    private void fill() throws IOException {
        Turn.current().leave();
        makeRoom();
        socketEnded = socket.read(records) < 0;
        bytesComeFast = !records.hasRemaining();
        records.flip();
    }

    /** Takes as much of {@code bulk} as there is room for, behind what is there. */
    private void append(ByteBuffer bulk) {
        makeRoom();
        int count = Math.min(records.remaining(), bulk.remaining());
        records.put(bulk.slice(bulk.position(), count));
        bulk.position(bulk.position() + count);
        records.flip();
    }

    private void makeRoom() {
        int needed = engine.getSession().getPacketBufferSize();
        if (records.capacity() < needed) {
            records = ByteBuffer.allocate(needed).put(records);
        } else {
            records.compact();
        }
    }
}
