package dev.zeroftpd.control.admission;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions without a login, across a server's listeners: how many there may be, and how long each may last. Any thread.
 *
 * <p>When there are too many, the oldest of the address prefix that has most of them makes room, in the IPv6 site that has
 * most of them. So a stranger with one address, or with all of a site's, loses sessions to all others, never the other way
 * round.
 */
public final class Strangers {

    /** Long enough for the server's last words to leave; a client that doesn't read them doesn't get them. */
    private static final long LAST_WORDS_SECONDS = 5;

    private static final long IDLE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AddressPrefix, Neighbours> present = new HashMap<>();
    private final Map<AddressPrefix, Integer> sites = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("login-deadline").factory());
    private volatile SessionLimits limits;
    private int count;
    private long arrivals;

    /** Those of one prefix, in the order of their arrival; never empty while they are present. */
    private record Neighbours(AddressPrefix site, LinkedHashSet<Probation> sessions) {
        Neighbours(AddressPrefix prefix) {
            this(prefix.site(), new LinkedHashSet<>(2));
        }

        Probation oldest() {
            return sessions.getFirst();
        }
    }

    public Strangers(SessionLimits limits) {
        this.limits = limits;
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Changes the limits for those that come from now on. */
    public void limits(SessionLimits changed) {
        limits = changed;
    }

    /**
     * A session that has just been accepted.
     *
     * @param longest the longest it may go without a login; zero: for ever
     * @param sendAway ends the session politely, without blocking; gets the reason
     * @param close ends it at once
     */
    public Probation arrived(AddressPrefix from, Duration longest, Consumer<String> sendAway, Runnable close) {
        Probation probation = new Probation(this, from, longest, new Probation.End(sendAway, close));
        probation.begin();
        return probation;
    }

    /** Sessions without a login now. */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** Runs {@code close} when the last words have had their time, unless that is cancelled. */
    Future<?> closeSoon(Runnable close) {
        return timer.schedule(close, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    void add(Probation newcomer) {
        Optional<Probation> leaving = Optional.empty();
        lock.lock();
        try {
            int most = limits.beforeLogin();
            if (most > 0 && count >= most) {
                leaving = oldestOfTheFullest();
                leaving.ifPresent(this::removeLocked);
            }
            newcomer.arrivedAs(arrivals++);
            Neighbours neighbours = present.computeIfAbsent(newcomer.from(), Neighbours::new);
            neighbours.sessions().add(newcomer);
            sites.merge(neighbours.site(), 1, Integer::sum);
            count++;
        } finally {
            lock.unlock();
        }
        leaving.ifPresent(oldest -> oldest.sendAway("Others are waiting to log in."));
    }

    /** A walk over some hundreds of prefixes, only when the limit is reached. */
    private Optional<Probation> oldestOfTheFullest() {
        return present.values().stream()
                .max(Comparator.<Neighbours>comparingInt(each -> sites.getOrDefault(each.site(), 0))
                        .thenComparingInt(each -> each.sessions().size())
                        .thenComparing(each -> each.oldest().arrival(), Comparator.reverseOrder()))
                .map(Neighbours::oldest);
    }

    /** False if it was not there: it has logged in, ended, or made room. */
    boolean remove(Probation probation) {
        lock.lock();
        try {
            return removeLocked(probation);
        } finally {
            lock.unlock();
        }
    }

    private boolean removeLocked(Probation probation) {
        @Nullable Neighbours neighbours = present.get(probation.from());
        if (neighbours == null || !neighbours.sessions().remove(probation)) {
            return false;
        }
        if (neighbours.sessions().isEmpty()) {
            present.remove(probation.from());
        }
        sites.computeIfPresent(neighbours.site(), (_, same) -> same > 1 ? same - 1 : null);
        count--;
        return true;
    }
}
