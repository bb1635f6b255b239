package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that may not connect. Any thread; asking takes no lock.
 *
 * <p>Bans end by a clock that is not set; only in the file, which outlives the process, they end by the time of day. A ban
 * that seems to last longer than it was made for, because that clock was set back, lasts as long as it was made for.
 *
 * <p>A ban that is over is remembered for as long as the longest may last: the next one is twice as long.
 */
public final class Bans implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Some megabytes; beyond that, the ban that ends first makes room. */
    static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<AddressPrefix, Ban> bans = new ConcurrentHashMap<>();
    private final Events events;
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private Optional<LateWrites> writes = Optional.empty();
    private volatile BanRules rules;

    /** The lengths of the IPv6 prefixes that are banned: their number was changed if there are two. */
    private volatile int[] lengths = {};

    /** When it ends by {@link #nanoTime}, and how long it was made for. */
    private record Ban(long end, Duration length) {

        boolean isOver(long now) {
            return now - end >= 0;
        }

        boolean isForgotten(long now, Duration after) {
            return now - end >= after.toNanos();
        }
    }

    private Bans(BanRules rules, Events events, LongSupplier nanoTime, InstantSource wallClock) {
        this.rules = rules;
        this.events = events;
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
    }

    /** None, and none are made. */
    public static Bans none() {
        return inMemory(BanRules.NONE, System::nanoTime);
    }

    /** Those that no file keeps. */
    static Bans inMemory(BanRules rules, LongSupplier nanoTime) {
        return new Bans(rules, Events.NONE, nanoTime, InstantSource.system());
    }

    /**
     * With those that {@code file} keeps; {@link #close} writes what has not been written.
     *
     * @param events hears of each new one
     */
    public static Bans kept(BanRules rules, BanFile file, Events events) {
        return kept(rules, file, events, System::nanoTime, InstantSource.system());
    }

    static Bans kept(BanRules rules, BanFile file, Events events, LongSupplier nanoTime, InstantSource wallClock) {
        Bans bans = new Bans(rules, events, nanoTime, wallClock);
        file.read().stream().limit(MOST).forEach(bans::restore);
        bans.noteLengths();
        if (file.isWritable()) {
            bans.writes = Optional.of(new LateWrites(
                    "Bans last until the next restart only, " + file + " can't be written",
                    PAUSE,
                    () -> file.write(bans.entries())));
        }
        return bans;
    }

    private void restore(BanFile.Entry entry) {
        Duration left = Duration.between(wallClock.instant(), entry.end());
        if (left.compareTo(entry.length()) > 0) {
            left = entry.length();
        }
        Duration oldest = rules.longest().negated();
        if (left.compareTo(oldest) > 0) {
            bans.put(entry.from(), new Ban(nanoTime.getAsLong() + left.toNanos(), entry.length()));
        }
    }

    /** Changes the rules for what comes; bans stay, but keep no address out while no rule makes any. */
    public void rules(BanRules changed) {
        rules = changed;
    }

    BanRules rules() {
        return rules;
    }

    /** True if no connection from {@code address} is to be accepted. */
    public boolean isBanned(InetAddress address) {
        for (int length : lengths) {
            @Nullable Ban ban = bans.get(AddressPrefix.of(address, length));
            if (ban != null && !ban.isOver(nanoTime.getAsLong())) {
                return !rules.banNone()
                        && !rules.trust(address); // it may be a neighbour of a banned client in one network
            }
        }
        return false;
    }

    /** Those that are in force now. */
    public long count() {
        long now = nanoTime.getAsLong();
        return bans.values().stream().filter(ban -> !ban.isOver(now)).count();
    }

    /** Bans an address, unless it is banned. */
    public void ban(AddressPrefix from, String why) {
        Duration length;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            @Nullable Ban before = bans.get(from);
            if (before != null && !before.isOver(now)) {
                return;
            }
            length = length(before, now);
            bans.put(from, new Ban(now + length.toNanos(), length));
            makeRoom();
            noteLengths();
        } finally {
            lock.unlock();
        }
        events.publish(
                EventKind.BAN,
                Event.Client.at(from.toString()),
                Event.Deed.NONE,
                new Ending.Done(words(length) + ": " + why));
        writes.ifPresent(LateWrites::soon);
    }

    private Duration length(@Nullable Ban before, long now) {
        BanRules current = rules;
        if (before == null || before.isForgotten(now, current.longest())) {
            return current.time();
        }
        Duration doubled = before.length().multipliedBy(2);
        return doubled.compareTo(current.longest()) < 0 ? doubled : current.longest();
    }

    private void makeRoom() {
        if (bans.size() > MOST) {
            bans.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().end() - nanoTime.getAsLong()))
                    .ifPresent(first -> bans.remove(first.getKey()));
        }
    }

    private void noteLengths() {
        lengths =
                bans.keySet().stream().mapToInt(AddressPrefix::bits).distinct().toArray();
    }

    /** What is to be written. */
    private List<BanFile.Entry> entries() {
        long now = nanoTime.getAsLong();
        Instant time = wallClock.instant();
        return bans.entrySet().stream()
                .filter(entry -> !entry.getValue().isForgotten(now, rules.longest()))
                .map(entry -> entry(entry, now, time))
                .toList();
    }

    private static BanFile.Entry entry(Map.Entry<AddressPrefix, Ban> entry, long now, Instant time) {
        Ban ban = entry.getValue();
        return new BanFile.Entry(entry.getKey(), time.plusNanos(ban.end() - now), ban.length());
    }

    private static String words(Duration length) {
        return length.toSeconds() % 60 == 0 ? length.toMinutes() + " min" : length.toMillis() + " ms";
    }

    @Override
    public void close() {
        writes.ifPresent(LateWrites::close);
    }
}
