package dev.zeroftpd.dataconnection.tls;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS engine of a control connection, which can send one more ticket behind a reply (RFC 8446, section 4.6.1): the JDK
 * has no method for that. Any thread may ask for the ticket; otherwise used as any engine, under the lock of MINA's handler.
 *
 * <p>The JDK's engine makes a ticket for TLS 1.3 when a value of the session changes, with the next record of data, and
 * gives it out at the next call. MINA makes no such call, and takes what comes with the next reply for something else.
 * So this engine returns reply and ticket together.
 *
 * <p>It also ends a connection whose client negotiates again and again: each time costs a signature in TLS 1.2, and in TLS
 * 1.3 an answer that stays in memory until the client reads it, all without a login.
 */
final class ControlEngine extends ForwardingEngine {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /**
     * A control connection never needs new keys, since it never carries the 2^24 records that wear a key out (RFC 8446,
     * section 5.5). A renegotiation takes about three such records, so a few of them are allowed.
     */
    private static final int MOST_RECORDS_WITHOUT_DATA = 64;

    private final BooleanSupplier gone;

    private volatile boolean ticketDue;
    private boolean answered;
    private boolean protectedOnce;
    private int recordsWithoutData;

    /** @param gone whether the connection has ended */
    ControlEngine(SSLEngine engine, BooleanSupplier gone) {
        super(engine);
        this.gone = gone;
    }

    /**
     * What MINA computes on two threads for all, one connection after the other: nothing for a client that has left. Strangers who
     * greet and leave would otherwise fill the memory with what is still to be computed, and hold up all others.
     */
    @Override
    public @Nullable Runnable getDelegatedTask() {
        return gone.getAsBoolean() ? null : engine.getDelegatedTask();
    }

    /** Lets a ticket follow the next reply. Without effect before TLS 1.3. */
    void renewTicket() {
        ticketDue = true;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        if (ticketDue && hasData(sources, offset, length) && hasRoomForTicket(target)) {
            ticketDue = false;
            engine.getSession().putValue(ControlEngine.class.getName(), true);
        }
        SSLEngineResult data = engine.wrap(sources, offset, length, target);
        answered |= data.bytesProduced() > 0;
        noteHandshake(data);
        if (data.bytesConsumed() == 0 || !isTicketReady(data)) {
            return data;
        }
        SSLEngineResult ticket = engine.wrap(NO_DATA, target);
        return new SSLEngineResult(
                ticket.getStatus(),
                ticket.getHandshakeStatus(),
                data.bytesConsumed(),
                data.bytesProduced() + ticket.bytesProduced());
    }

    private static boolean hasData(ByteBuffer[] sources, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /** The JDK's engine wants room for a whole record at each call. */
    private boolean hasRoomForTicket(ByteBuffer target) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && target.remaining() >= 2 * engine.getSession().getPacketBufferSize();
    }

    private static boolean isTicketReady(SSLEngineResult result) {
        return result.getStatus() == Status.OK && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        SSLEngineResult result = unwrapOn(source, targets, offset, length);
        if (protectedOnce && result.bytesConsumed() > 0 && result.bytesProduced() == 0) {
            recordsWithoutData++;
        }
        if (recordsWithoutData > MOST_RECORDS_WITHOUT_DATA) {
            throw new SSLException("the client negotiates without end");
        }
        noteHandshake(result);
        if (engine.isInboundDone()) {
            source.position(source.limit()); // data behind a close_notify doesn't count, and MINA fails on it
        }
        return result;
    }

    /**
     * What has to be computed behind the first flight (a client's certificate is verified then) is computed here if more has come
     * with it: MINA would compute elsewhere and look at the rest only when still more comes, for which a client may wait for ever.
     */
    private SSLEngineResult unwrapOn(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        if (isTaskBefore(source)) {
            runTasks();
        }
        SSLEngineResult result = engine.unwrap(source, targets, offset, length);
        if (result.getHandshakeStatus() != HandshakeStatus.NEED_TASK || !isTaskBefore(source)) {
            return result;
        }
        runTasks();
        return new SSLEngineResult(
                result.getStatus(), engine.getHandshakeStatus(), result.bytesConsumed(), result.bytesProduced());
    }

    private boolean isTaskBefore(ByteBuffer source) {
        return answered && source.hasRemaining() && engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void noteHandshake(SSLEngineResult result) {
        protectedOnce |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }
}
