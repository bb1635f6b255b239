package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long the answer to a wrong password is delayed, and when guessing becomes a ban. Any thread; never blocks for
 * long.
 *
 * <p>Each different wrong password from an address, or for a name, lengthens the delay of the next one within the time of
 * the rules. Answers also queue behind each other, so that guessing on many connections at once gains nothing. When an
 * address has too many answers queued for another to come in time, it {@link #isTooFast}, and its passwords aren't even
 * verified. Names have no such limit, because it would lock out the people who know the password: guesses at one name from
 * very many addresses each get their answer within {@link #LATEST_ANSWER}.
 *
 * <p>Right passwords are never held up by guesses at their name. From an address that knew the name's password a day ago or
 * less, guesses of others at the name don't count either.
 *
 * <p>Too many from one address are a ban, unless somebody there has logged in within a day.
 */
public final class Guesses {

    /** As long as a person waits, and far too long for somebody who has to try thousands. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);

    /** Half of the usual time to log in: a session that waits longer would be ended without its answer. */
    private static final Duration LATEST_ANSWER = Duration.ofSeconds(30);

    /** With more, the delay is the longest anyway. */
    private static final int LEAST_KEPT = 8;

    /** At some 300 bytes each; an address or name that is forgotten begins anew. */
    static final int MOST_REMEMBERED = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final KeyedHash hash = new KeyedHash();
    private final Map<AddressPrefix, Tally> addresses = new Recent<>(MOST_REMEMBERED);
    private final Map<Long, Tally> names = new Recent<>(MOST_REMEMBERED);
    private final Map<KnownName, Long> goodNames = new Recent<>(MOST_REMEMBERED);
    private final Bans bans;
    private final GoodLogins good;
    private final LongSupplier nanoTime;

    /** A name whose password was known at an address. */
    private record KnownName(AddressPrefix from, long name) {}

    /** What one client does: its address, and what that counts as. */
    public record Client(InetAddress address, AddressPrefix prefix) {}

    /**
     * What follows from a wrong password.
     *
     * @param delay when it is answered, from now
     * @param banned whether the client's address has just been banned
     */
    public record Penalty(Duration delay, boolean banned) {}

    /** Those of servers without penalties and bans. */
    public static Guesses none() {
        return new Guesses(Bans.none(), GoodLogins.inMemory());
    }

    public Guesses(Bans bans, GoodLogins good) {
        this(bans, good, System::nanoTime);
    }

    Guesses(Bans bans, GoodLogins good, LongSupplier nanoTime) {
        this.bans = bans;
        this.good = good;
        this.nanoTime = nanoTime;
    }

    /** Those that follow from guesses. */
    public Bans bans() {
        return bans;
    }

    /** Whether the name is one that only strangers ask for. */
    public boolean isBait(String name) {
        return bans.rules().isBait(name);
    }

    /** Bans the client if only strangers ask for the name; false if it may go on. */
    public boolean isBanFor(Client client, String name) {
        BanRules rules = bans.rules();
        if (!rules.isBait(name) || rules.trust(client.address()) || good.has(client.prefix())) {
            return false;
        }
        bans.ban(client.prefix(), "it tried to log in as one of ban.names");
        return true;
    }

    /**
     * True if the answer to the address's next wrong password couldn't be late enough, because too many others wait for
     * theirs: a password that isn't likely to be right is to be refused then, without a look at it.
     */
    public boolean isTooFast(Client client) {
        BanRules rules = bans.rules();
        if (rules.areNone() || rules.trust(client.address())) {
            return false;
        }
        lock.lock();
        try {
            @Nullable Tally address = addresses.get(client.prefix());
            return address != null
                    && address.answeredAt() - nanoTime.getAsLong()
                            > LATEST_ANSWER.minus(LONGEST_DELAY).toNanos();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A wrong password came.
     *
     * @param shortest the delay of the first one
     */
    public Penalty failed(Client client, String name, String password, Duration shortest) {
        return failed(client, name, password, shortest, false);
    }

    /**
     * A right password came for an account that may not log in. That is no guess, so it counts for no ban; but its answer comes as late as
     * that to a wrong one, since otherwise it would tell that the password was right.
     */
    public Penalty refused(Client client, String name, String password, Duration shortest) {
        return failed(client, name, password, shortest, true);
    }

    private Penalty failed(Client client, String name, String password, Duration shortest, boolean isRight) {
        BanRules rules = bans.rules();
        if (rules.areNone() || rules.trust(client.address())) {
            return new Penalty(shortest, false);
        }
        long guess = hash.of(name, password);
        long account = hash.of(name);
        int failures;
        boolean isGood = good.has(client.prefix());
        Duration delay;
        lock.lock();
        try {
            Guess one = new Guess(rules, guess, isRight, nanoTime.getAsLong(), shortest);
            Tally address = tally(addresses, client.prefix(), one.now());
            long answer = one.addTo(address);
            if (!GoodLogins.isFresh(goodNames.get(new KnownName(client.prefix(), account)), one.now())) {
                answer = Math.max(answer, one.addTo(tally(names, account, one.now())));
            }
            delay = Duration.ofNanos(answer);
            failures = address.guesses();
            if (isTooMuch(rules, failures) && !isGood) {
                addresses.remove(client.prefix()); // after the ban it begins anew
            }
        } finally {
            lock.unlock();
        }
        if (isTooMuch(rules, failures) && !isGood) {
            bans.ban(client.prefix(), failures + " different wrong passwords within " + Bans.words(rules.within()));
            return new Penalty(delay, true);
        }
        return new Penalty(delay, false);
    }

    private static boolean isTooMuch(BanRules rules, int failures) {
        return rules.failures() > 0 && failures >= rules.failures();
    }

    /** One password that led to no log-in, and the time that it came. */
    private record Guess(BanRules rules, long hash, boolean isRight, long now, Duration shortest) {

        /** Counts it; returns the nanoseconds until its answer. */
        long addTo(Tally tally) {
            long oldest = now - rules.within().toNanos();
            boolean isNew = tally.add(hash, isRight, now, oldest, Math.max(rules.failures(), LEAST_KEPT));
            if (!isNew) {
                return shortest.toNanos(); // who repeats a wrong password learns nothing by it
            }
            long growing = shortest.toNanos() << Math.min(tally.size() - 1, LEAST_KEPT);
            long delay = Math.min(growing, Math.max(LONGEST_DELAY.toNanos(), shortest.toNanos()));
            long earliest = Math.max(0, tally.answeredAt() - now) + delay;
            long answer = Math.min(earliest, Math.max(LATEST_ANSWER.toNanos(), shortest.toNanos()));
            tally.answerAt(now + answer);
            return answer;
        }
    }

    private static <K> Tally tally(Map<K, Tally> tallies, K key, long now) {
        return tallies.computeIfAbsent(key, _ -> new Tally(now));
    }

    /** A right password came: not for {@code anonymous}, whose password proves nothing. */
    public void succeeded(AddressPrefix from, String name) {
        if (bans.rules().areNone() || from.first().isLoopbackAddress()) { // trusted anyway
            return;
        }
        good.note(from);
        KnownName known = new KnownName(from, hash.of(name));
        lock.lock();
        try {
            goodNames.put(known, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** The addresses with wrong passwords that it knows of. */
    int remembered() {
        lock.lock();
        try {
            return addresses.size();
        } finally {
            lock.unlock();
        }
    }
}
