package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.PeerException;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A data channel that counts, throttles and can be watched. For the transfer's thread; {@link #bytes} and
 * {@link #reset} are for any.
 */
final class WatchedChannel implements StreamChannel {

    /**
     * Some milliseconds of copying: a virtual thread whose peer and disk never let it wait keeps its carrier from all
     * others unless it yields.
     */
    private static final long YIELD_BYTES = 4L * 1024 * 1024;

    private static final long NONE = -1;

    /** One TLS record; with less a read could not be worth it. */
    private static final int LEAST_ALLOWANCE_BYTES = StreamBuffers.SMALL_BYTES;

    private final DataChannel channel;
    private final Throttle throttle;
    private final WaitClock wait;
    private final StreamBuffers buffers;
    private final BooleanSupplier decided;
    private volatile long bytes;

    /** Written to a file in another form than it came, or NONE. */
    private volatile long stored = NONE;

    /** Charged to the throttle: what came, and what more was stored. Not less than the larger of both. */
    private long charged;

    /** Granted for reading, and not yet used because less than that came. */
    private long allowance;

    /** Moved since other virtual threads got their turn on this carrier. */
    private long unyielded;

    /** The peer has said its last word, and nothing was sent to it. */
    private boolean received;

    WatchedChannel(
            DataChannel channel, Throttle throttle, WaitClock wait, StreamBuffers buffers, BooleanSupplier decided) {
        this.channel = channel;
        this.throttle = throttle;
        this.wait = wait;
        this.buffers = buffers;
        this.decided = decided;
    }

    @Override
    public int read(ByteBuffer target) throws PeerException {
        int space = target.remaining();
        if (space == 0) {
            return 0;
        }
        int limit = target.limit();
        int start = target.position();
        Turn.current().leave();
        boolean scarce = awaitAllowance(space);
        target.limit(start + (int) Math.min(space, allowance));
        wait.begin();
        try {
            int count = channel.read(target);
            count(count);
            return count;
        } catch (IOException e) {
            throw new PeerException(e);
        } finally {
            wait.end();
            target.limit(limit);
            spend(target.position() - start, scarce);
        }
    }

    /**
     * Waits until something may be read; true if the throttle holds this transfer back.
     *
     * <p>A read can't know how much will come; with TLS it is often one record. So what is left of a grant serves the
     * next reads: if each read waited for a grant of its own, the transfer would stay far below its rate.
     */
    private boolean awaitAllowance(int space) {
        if (allowance >= Math.min(space, LEAST_ALLOWANCE_BYTES)) {
            return true;
        }
        giveBackAllowance();
        Throttle.Grant grant = awaitGrant(space);
        allowance = grant.bytes();
        return grant.bytes() < space || grant.waitNanos() > 0;
    }

    /** Nothing is kept where nothing is scarce, or at the end. */
    private void spend(int count, boolean scarce) {
        allowance -= count;
        if (!scarce || count == 0) {
            giveBackAllowance();
        }
    }

    private void giveBackAllowance() {
        if (allowance > 0) {
            throttle.giveBack(allowance);
            allowance = 0;
        }
    }

    @Override
    public int write(ByteBuffer source) throws PeerException {
        int total = source.remaining();
        int limit = source.limit();
        Turn.current().leave();
        try {
            while (source.position() < limit) {
                Throttle.Grant grant = awaitGrant(limit - source.position());
                source.limit(source.position() + (int) grant.bytes());
                writeFully(source);
            }
            return total;
        } catch (IOException e) {
            throw new PeerException(e);
        } finally {
            source.limit(limit);
        }
    }

    private void writeFully(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            wait.begin();
            try {
                count(channel.write(source));
            } finally {
                wait.end();
            }
        }
    }

    /** Parks until the throttle lets the next bytes go; ends early if the transfer is over, the channel will tell. */
    private Throttle.Grant awaitGrant(long wanted) {
        Throttle.Grant grant = throttle.reserve(wanted);
        long left = grant.waitNanos();
        long until = System.nanoTime() + left;
        while (left > 0 && !decided.getAsBoolean()) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
        return grant;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only look
    private void count(int moved) {
        if (moved > 0) {
            bytes += moved;
            charged += moved;
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only look
    public void stores(int more) throws PeerException {
        stored = more + Math.max(0, stored);
        while (charged < stored) {
            charged += awaitGrant(stored - charged).bytes();
        }
        if (decided.getAsBoolean()) {
            throw new PeerException(); // a block that came may become a thousand
        }
    }

    @Override
    public boolean peerEndIsProof() {
        return channel.peerEndIsProof();
    }

    @Override
    public boolean isDecided() {
        return decided.getAsBoolean();
    }

    @Override
    public Outcome receiveInto(WritableByteChannel sink) throws IOException {
        try (StreamBuffers.Lease lease = buffers.lease()) {
            ByteBuffer buffer = lease.next(0);
            for (int count = read(buffer); count >= 0; count = read(buffer)) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sink.write(buffer);
                }
                buffer = lease.next(count);
                yieldAfterMany(count);
            }
        }
        received = true;
        return channel.peerEndedCleanly() ? new Outcome.Completed() : new Outcome.TlsTruncated();
    }

    @Override
    public Outcome sendFrom(ReadableByteChannel source) throws IOException {
        try (StreamBuffers.Lease lease = buffers.lease()) {
            ByteBuffer buffer = lease.next(0);
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                write(buffer.flip());
                buffer = lease.next(count);
                yieldAfterMany(count);
            }
        }
        return new Outcome.Completed();
    }

    private void yieldAfterMany(int moved) {
        unyielded += moved;
        if (unyielded >= YIELD_BYTES) {
            unyielded = 0;
            Turn.yieldCarrier();
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {}

    /**
     * A peer that has sent everything need not wait for our close_notify: the upload is complete even if that fails.
     */
    void closeWell() throws PeerException {
        wait.begin();
        try {
            channel.close();
        } catch (IOException e) {
            channel.reset();
            if (!received) {
                throw new PeerException(e);
            }
        } finally {
            wait.end();
        }
    }

    void reset() {
        channel.reset();
    }

    long bytes() {
        return bytes;
    }

    /** The bytes of the file: what was stored, or what came or went where nothing is converted. */
    long fileBytes() {
        long written = stored;
        return written == NONE ? bytes : written;
    }
}
