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
import java.util.ArrayList;
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

    /** A ban by the operator that lasts until it is lifted. */
    public static final Duration FOR_GOOD = Duration.ofDays(36_525);

    private static final String BY_OPERATOR = "by the operator";

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

    /** The lengths of the prefixes that are banned, of both IP versions: few. */
    private volatile int[] lengths = {};

    /** When it ends by {@link #nanoTime}, how long it was made for, and what {@link Banned#why} says. */
    private record Ban(long end, Duration length, BanOrigin origin, Optional<String> why) {

        boolean isByOperator() {
            return origin == BanOrigin.OPERATOR;
        }

        boolean isOver(long now) {
            return now - end >= 0;
        }

        /** Only what guesses cost grows. */
        boolean isForgotten(long now, Duration after) {
            return now - end >= (isByOperator() ? 0 : after.toNanos());
        }
    }

    private Bans(BanRules rules, Events events, LongSupplier nanoTime, InstantSource wallClock) {
        this.rules = rules;
        this.events = events;
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
    }

    /** None, and none are made. */
    static Bans none() {
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
            Ban ban = new Ban(nanoTime.getAsLong() + left.toNanos(), entry.length(), entry.origin(), entry.why());
            bans.put(entry.from(), ban);
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
        return originOfBan(address).isPresent();
    }

    /** Who banned {@code address}, if it is banned: the operator before others. */
    public Optional<BanOrigin> originOfBan(InetAddress address) {
        int[] current = lengths;
        if (current.length == 0) {
            return Optional.empty();
        }
        boolean guessed = false;
        for (AddressPrefix whole : wholes(address)) {
            for (int length : current) {
                @Nullable Ban ban = length > whole.bits() ? null : bans.get(AddressPrefix.range(whole.first(), length));
                if (ban != null && !ban.isOver(nanoTime.getAsLong())) {
                    if (ban.isByOperator()) {
                        return Optional.of(BanOrigin.OPERATOR);
                    }
                    guessed = true;
                }
            }
        }
        // it may be a neighbour of a banned client in one network
        return guessed && !rules.banNone() && !rules.trust(address) ? Optional.of(BanOrigin.GUESSES) : Optional.empty();
    }

    /** Also as it is on the wire: the operator may have banned all that comes by a translator or tunnel. */
    private static List<AddressPrefix> wholes(InetAddress address) {
        AddressPrefix counted = AddressPrefix.of(address, AddressPrefix.IPV6_BITS);
        AddressPrefix written = new AddressPrefix(address);
        return counted.equals(written) ? List.of(counted) : List.of(counted, written);
    }

    /** Bans addresses because the operator says so, whatever the rules are; instead of what held for them. */
    public void banByOperator(AddressPrefix from, Duration length) {
        String time = length.compareTo(FOR_GOOD) < 0 ? words(length) : "good";
        Ending ordered = new Ending.Ordered(time + " " + BY_OPERATOR);
        lock.lock();
        try {
            long end = nanoTime.getAsLong() + length.toNanos();
            bans.put(from, new Ban(end, length, BanOrigin.OPERATOR, why(ordered)));
            makeRoom();
            noteLengths();
        } finally {
            lock.unlock();
        }
        publish(EventKind.BAN, from, ordered);
        writes.ifPresent(LateWrites::soon);
    }

    /** What the log says after the address. */
    private static Optional<String> why(Ending ending) {
        return Optional.of("for " + ending.detail());
    }

    private void publish(EventKind kind, AddressPrefix from, Ending ending) {
        events.publish(kind, Event.Client.at(from.toString()), Event.Deed.NONE, ending);
    }

    /**
     * Writes what has changed to the file that outlives the process; false if it can't be written now, or this process writes it
     * no more. Blocks for some seconds at most.
     */
    public boolean save() {
        return writes.isPresent() && writes.get().now();
    }

    /** Lifts every ban of {@code range} or of a part of it; returns those that held. What guesses there cost begins anew. */
    public List<AddressPrefix> unban(AddressPrefix range) {
        List<AddressPrefix> lifted = new ArrayList<>();
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            bans.forEach((from, ban) -> {
                if (range.contains(from)) {
                    bans.remove(from);
                    if (!ban.isOver(now)) {
                        lifted.add(from);
                    }
                }
            });
            noteLengths();
        } finally {
            lock.unlock();
        }
        lifted.forEach(from -> publish(EventKind.UNBAN, from, new Ending.Ordered(BY_OPERATOR)));
        writes.ifPresent(LateWrites::soon);
        return lifted;
    }

    /** Those that hold now. */
    public List<Banned> all() {
        long now = nanoTime.getAsLong();
        Instant time = wallClock.instant();
        return bans.entrySet().stream()
                .filter(entry -> !entry.getValue().isOver(now))
                .filter(entry -> entry.getValue().isByOperator() || !rules.banNone())
                .map(entry -> banned(entry.getKey(), entry.getValue(), now, time))
                .toList();
    }

    private static Banned banned(AddressPrefix from, Ban ban, long now, Instant time) {
        boolean ends = ban.length().compareTo(FOR_GOOD) < 0;
        return new Banned(
                from, ban.origin(), ends ? Optional.of(time.plusNanos(ban.end() - now)) : Optional.empty(), ban.why());
    }

    /** Those that are in force now. */
    public long count() {
        long now = nanoTime.getAsLong();
        return bans.values().stream().filter(ban -> !ban.isOver(now)).count();
    }

    /**
     * Bans an address, unless it is banned.
     *
     * @param why one line in ASCII, of this server's words only
     */
    void ban(AddressPrefix from, String why) {
        Ending done;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            @Nullable Ban before = bans.get(from);
            if (before != null && !before.isOver(now)) {
                return;
            }
            Duration length = length(before, now);
            done = new Ending.Done(words(length) + ": " + why);
            bans.put(from, new Ban(now + length.toNanos(), length, BanOrigin.GUESSES, why(done)));
            makeRoom();
            noteLengths();
        } finally {
            lock.unlock();
        }
        publish(EventKind.BAN, from, done);
        writes.ifPresent(LateWrites::soon);
    }

    private Duration length(@Nullable Ban before, long now) {
        BanRules current = rules;
        if (before == null || before.isByOperator() || before.isForgotten(now, current.longest())) {
            return current.time();
        }
        Duration doubled = before.length().multipliedBy(2);
        return doubled.compareTo(current.longest()) < 0 ? doubled : current.longest();
    }

    private void makeRoom() {
        if (bans.size() > MOST) {
            bans.entrySet().stream()
                    .min(Comparator.<Map.Entry<AddressPrefix, Ban>, Boolean>comparing(
                                    entry -> entry.getValue().isByOperator())
                            .thenComparingLong(entry -> entry.getValue().end() - nanoTime.getAsLong()))
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
        return new BanFile.Entry(
                entry.getKey(), time.plusNanos(ban.end() - now), ban.length(), ban.origin(), ban.why());
    }

    static String words(Duration length) {
        return length.toSeconds() % 60 == 0 ? length.toMinutes() + " min" : length.toMillis() + " ms";
    }

    @Override
    public void close() {
        writes.ifPresent(LateWrites::close);
    }
}
