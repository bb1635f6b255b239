package dev.zeroftpd.admin.metric;

import dev.zeroftpd.transfer.result.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts bytes by account. Any thread; {@link #write} one at a time.
 *
 * <p>The busiest accounts have counters of their own, the others share one. Who is busy is decided at each scrape, but bytes
 * stay where they were counted, so that no counter ever goes down: an account that becomes busy begins at nothing, and what it
 * moved before stays with the rest.
 */
final class UserBytes {

    /** Accounts with counters of their own: each is two time series for ever in what stores them. */
    static final int SHOWN = 200;

    /** Accounts that are known at all: some hundred bytes each. Those beyond belong to the rest. */
    private static final int KNOWN = 10_000;

    static final String OTHER = "other";

    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final Account rest = new Account();

    private static final class Account {
        private final LongAdder downloaded = new LongAdder();
        private final LongAdder uploaded = new LongAdder();

        /** All that it moved, wherever that is counted. */
        private final LongAdder moved = new LongAdder();

        private volatile boolean shown;

        LongAdder counter(Direction direction) {
            return direction == Direction.UPLOAD ? uploaded : downloaded;
        }
    }

    void add(String user, Direction direction, long bytes) {
        Account account = account(user);
        account.moved.add(bytes);
        (account.shown ? account : rest).counter(direction).add(bytes);
    }

    private Account account(String user) {
        if (user.equals(OTHER)) {
            return rest;
        }
        @Nullable Account known = accounts.get(user);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= KNOWN) {
            return rest;
        }
        return accounts.computeIfAbsent(user, _ -> {
            Account made = new Account();
            made.shown = accounts.size() < SHOWN;
            return made;
        });
    }

    private record Named(String user, Account account, long moved) {}

    void write(Exposition to) {
        List<Named> busiest = new ArrayList<>();
        accounts.forEach((user, account) -> busiest.add(new Named(user, account, account.moved.sum())));
        busiest.sort(Comparator.comparingLong(Named::moved).reversed().thenComparing(Named::user));
        to.family(
                "user_bytes",
                Exposition.Kind.COUNTER,
                "Bytes of files by account: the " + SHOWN + " busiest, the rest together.");
        for (int i = 0; i < busiest.size(); i++) {
            Account account = busiest.get(i).account();
            account.shown = i < SHOWN;
            if (account.shown) {
                write(to, busiest.get(i).user(), account);
            }
        }
        write(to, OTHER, rest);
    }

    private static void write(Exposition to, String user, Account account) {
        for (Direction direction : Direction.values()) {
            long bytes = account.counter(direction).sum();
            to.sample(bytes, "user", user, "direction", word(direction));
        }
    }

    static String word(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
