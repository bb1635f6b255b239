package dev.zeroftpd.command.work;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Says when a command that does nothing but answer is worked on in vain. Asked by one thread at a time.
 *
 * <p>A client that has closed its side may still read the answer, so it is worked on, but not for longer than a client may
 * be idle: most that have closed their side read nothing any more.
 */
public final class VainWork implements BooleanSupplier {

    /** Where no client is ever idle for too long. */
    private static final Duration WITHOUT_IDLE_LIMIT = Duration.ofMinutes(5);

    private final Deferred deferred;
    private final ControlConnection connection;
    private final long patienceNanos;
    private boolean seenDeparted;
    private long departedNanos;

    public VainWork(Deferred deferred) {
        this.deferred = deferred;
        this.connection = ControlConnection.of(deferred.session());
        int idleSeconds = deferred.session().getListener().getIdleTimeout();
        this.patienceNanos = (idleSeconds > 0 ? Duration.ofSeconds(idleSeconds) : WITHOUT_IDLE_LIMIT).toNanos();
    }

    @Override
    public boolean getAsBoolean() {
        if (deferred.isCancelled()) {
            return true;
        }
        if (!connection.client().isDeparted()) {
            return false;
        }
        long now = System.nanoTime();
        if (!seenDeparted) {
            seenDeparted = true;
            departedNanos = now;
        }
        return now - departedNanos > patienceNanos;
    }
}
