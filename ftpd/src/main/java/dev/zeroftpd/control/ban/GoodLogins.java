package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which somebody has logged in within a day. Any thread; never waits for its file.
 *
 * <p>They outlive the process, so that after a restart a camera farm isn't banned for the devices whose password is stale.
 * Addresses are all that is written: names aren't needed for that.
 */
public final class GoodLogins implements AutoCloseable {

    private static final Duration GOOD_FOR = Duration.ofDays(1);

    /** An address that logs in again and again is written anew this often: what a killed process may lose. */
    private static final Duration WRITTEN_AGAIN = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** At some 100 bytes each; the address whose log-ins are the longest ago makes room. */
    static final int MOST = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AddressPrefix, Long> last = new Recent<>(MOST);
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private Optional<LateWrites> writes = Optional.empty();

    /** When something was to be written. Guarded by the lock. */
    private long toBeWrittenAt;

    private GoodLogins(LongSupplier nanoTime, InstantSource wallClock) {
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        this.toBeWrittenAt = nanoTime.getAsLong();
    }

    /** Those that no file keeps. */
    static GoodLogins inMemory() {
        return inMemory(System::nanoTime);
    }

    static GoodLogins inMemory(LongSupplier nanoTime) {
        return new GoodLogins(nanoTime, InstantSource.system());
    }

    /** With those that {@code file} keeps; {@link #close} writes what has not been written. */
    public static GoodLogins kept(LoginFile file) {
        return kept(file, System::nanoTime, InstantSource.system());
    }

    static GoodLogins kept(LoginFile file, LongSupplier nanoTime, InstantSource wallClock) {
        GoodLogins logins = new GoodLogins(nanoTime, wallClock);
        file.read().stream().limit(MOST).forEach(logins::restore);
        if (file.isWritable()) {
            logins.writes = Optional.of(new LateWrites(
                    "Good log-ins are known until the next restart only, " + file + " can't be written",
                    PAUSE,
                    () -> logins.writeTo(file)));
        }
        return logins;
    }

    /** One of the future was written before the clock was set back: it is as good as one of now. */
    private void restore(LoginFile.Entry entry) {
        Duration age = Duration.between(entry.last(), wallClock.instant());
        if (age.compareTo(GOOD_FOR) < 0) {
            last.put(entry.from(), nanoTime.getAsLong() - (age.isNegative() ? 0 : age.toNanos()));
        }
    }

    private void writeTo(LoginFile file) throws IOException {
        List<LoginFile.Entry> entries;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            Instant time = wallClock.instant();
            entries = last.entrySet().stream()
                    .filter(login -> isFresh(login.getValue(), now))
                    .map(login -> new LoginFile.Entry(login.getKey(), time.minusNanos(now - login.getValue())))
                    .toList();
        } finally {
            lock.unlock();
        }
        file.write(entries);
    }

    /** Somebody logged in from there. */
    void note(AddressPrefix from) {
        boolean toBeWritten;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            boolean known = isFresh(last.put(from, now), now);
            toBeWritten = !known || now - toBeWrittenAt >= WRITTEN_AGAIN.toNanos();
            if (toBeWritten) {
                toBeWrittenAt = now;
            }
        } finally {
            lock.unlock();
        }
        if (toBeWritten) {
            writes.ifPresent(LateWrites::soon);
        }
    }

    boolean has(AddressPrefix from) {
        lock.lock();
        try {
            return isFresh(last.get(from), nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a log-in at that time is not too long ago. */
    static boolean isFresh(@Nullable Long login, long now) {
        return login != null && now - login < GOOD_FOR.toNanos();
    }

    @Override
    public void close() {
        writes.ifPresent(LateWrites::close);
    }
}
