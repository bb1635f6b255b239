package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Moves a file into a socket turn by turn, and says after each turn what has to happen next. One thread at a time; only
 * {@link #bytes} is for any thread.
 */
final class FilePump {

    /** A turn that waited and took longer than this waited for the disk: others just lost the processor... */
    private static final long SLOW_NANOS = 3_000_000;

    /** ...and than this for each of its bytes, several times what a file in memory needs. */
    private static final long SLOW_NANOS_A_BYTE = 1;

    /** When "writable" was followed by "full" this often, polling says nothing: pause instead of spinning. */
    private static final int FRUITLESS_TURNS = 3;

    /** Asked of the throttle at once; no more, because a new limit holds only for what is asked after it. */
    private static final long RESERVED_BYTES = ZeroCopyTransfer.SHARED_CHUNK_BYTES;

    private static final long FRUITLESS_PAUSE_NANOS = 10_000_000;

    /** Whether a turn had to wait for the disk. */
    enum DiskWait {
        NONE,
        /** No longer than a busy machine takes for a file in memory. */
        SHORT,
        LONG
    }

    /** What one turn leaves to do. */
    sealed interface Next {

        /** There is more to send and the socket may take it. */
        record Again(DiskWait waited) implements Next {}

        /** The socket is full. */
        record WhenWritable() implements Next {}

        /** Nothing may be sent for a while, however writable the socket is. */
        record After(long nanos) implements Next {}

        record Ended(Outcome outcome) implements Next {}
    }

    private static final Next WHEN_WRITABLE = new Next.WhenWritable();

    private final TransferRequest.ZeroCopy request;
    private final LongSupplier nanoTime;
    private final WaitClock wait;
    private final long size;
    private volatile long position;
    private long granted;
    private int fruitlessTurns;

    /** {@code wait} runs while the peer does not take what it could have. */
    FilePump(TransferRequest.ZeroCopy request, LongSupplier nanoTime, WaitClock wait) {
        this.request = request;
        this.nanoTime = nanoTime;
        this.wait = wait;
        this.size = request.source().size();
        this.position = request.offset();
    }

    long bytes() {
        return position - request.offset();
    }

    /** Moves up to {@code budget} bytes. */
    Next turn(long budget) {
        long remaining = size - position;
        if (remaining == 0) {
            return atEnd();
        }
        if (granted == 0) {
            long nanos = reserve(Math.min(remaining, RESERVED_BYTES));
            if (nanos > 0) {
                return new Next.After(nanos);
            }
        }
        return move(Math.min(Math.min(remaining, budget), granted));
    }

    private Next move(long count) {
        FileSource source = request.source();
        long waits = source.waitsOfThisThread();
        long before = nanoTime.getAsLong();
        try {
            Progress progress = SendFile.send(source.fileChannel(), position, count, request.socket());
            return switch (progress) {
                case Progress.Moved moved -> moved(moved.bytes(), count, nanoTime.getAsLong() - before, waits);
                case Progress.SocketFull ignored -> full();
                case Progress.SourceEnded ended ->
                    new Next.Ended(new Outcome.SourceChanged(
                            "promised " + size + " bytes, the file has " + ended.fileSize() + " now"));
            };
        } catch (IOException e) {
            return new Next.Ended(SendFile.whoFailed(e, source.fileChannel(), position, request.socket()));
        }
    }

    private DiskWait diskWait(long bytes, long nanos, long waitsBefore) {
        if (request.source().waitsOfThisThread() == waitsBefore) {
            return DiskWait.NONE;
        }
        return nanos > SLOW_NANOS + bytes * SLOW_NANOS_A_BYTE ? DiskWait.LONG : DiskWait.SHORT;
    }

    private Next moved(long bytes, long asked, long nanos, long waitsBefore) {
        long reached = position + bytes;
        position = reached;
        granted -= bytes;
        fruitlessTurns = 0;
        wait.end();
        if (reached == size) {
            return atEnd();
        }
        if (bytes < asked) {
            wait.begin();
            return WHEN_WRITABLE;
        }
        DiskWait waited = diskWait(bytes, nanos, waitsBefore);
        if (granted == 0) {
            long pause = reserve(Math.min(size - reached, RESERVED_BYTES));
            if (pause > 0) {
                return new Next.After(pause);
            }
        }
        if (waited != DiskWait.LONG) {
            // the next turn comes when the socket is writable, which it may never be: the last piece may have just
            // filled it
            wait.begin();
        }
        return new Next.Again(waited);
    }

    private Next full() {
        fruitlessTurns++;
        wait.beginUnlessBegun();
        return fruitlessTurns > FRUITLESS_TURNS ? new Next.After(FRUITLESS_PAUSE_NANOS) : WHEN_WRITABLE;
    }

    /** Asks the throttle for the next bytes and returns how long they have to wait. */
    private long reserve(long wanted) {
        Throttle.Grant grant = request.limits().throttle().reserve(wanted);
        granted = grant.bytes();
        return grant.waitNanos();
    }

    private Next atEnd() {
        try {
            return new Next.Ended(SourceStream.unlessChanged(request.source()));
        } catch (IOException e) {
            return new Next.Ended(LocalFailures.outcome(e));
        }
    }
}
