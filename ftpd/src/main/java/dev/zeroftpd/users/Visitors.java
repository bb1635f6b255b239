package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of the file, and beside them those from elsewhere that have logged in since the start. Any thread; no lock is held while
 * a home is looked at, which may take long.
 *
 * <p>A name that the file has is the file's alone. What a source said of an account is kept, because it is read anew with each edit
 * of the file, whose groups the account may be in.
 */
final class Visitors implements Accounts.Others {

    /** As many as sessions by default; more only where all of them are logged in. */
    static final int MOST = 10_000;

    /** A log-in that has been verified is at work for less long than this. */
    private static final Duration ENTERING = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);

    private final ConcurrentHashMap<String, Visitor> visitors = new ConcurrentHashMap<>();

    /** As it was read last. */
    private volatile Accounts file;

    private volatile Supplier<Set<String>> loggedIn = Set::of;

    /** @param groups the file whose groups were read for it */
    private record Visitor(Map<String, String> keys, Account account, Accounts groups, long since) {}

    Visitors(Accounts read) {
        this.file = read.with(this);
    }

    /** As of now; another object after each edit of the file. */
    Accounts accounts() {
        return file;
    }

    @Override
    public Optional<Account> find(String name) {
        return Optional.ofNullable(visitors.get(name)).map(Visitor::account);
    }

    @Override
    public Collection<Account> all() {
        return visitors.isEmpty()
                ? Set.of()
                : visitors.values().stream().map(Visitor::account).toList();
    }

    /** Tells whose accounts must be kept: those of sessions. */
    void keepThoseOf(Supplier<Set<String>> sessions) {
        loggedIn = sessions;
    }

    /** Uses what has been read of the file; one thread at a time. */
    void use(Accounts read) {
        Accounts now = read.with(this);
        file = now;
        visitors.forEach((name, before) -> {
            if (now.isInFile(name)) {
                visitors.remove(name, before);
                return;
            }
            try {
                Account account = now.visitor(name, before.keys());
                visitors.replace(name, before, new Visitor(before.keys(), account, now, before.since()));
            } catch (ConfigException e) {
                visitors.remove(name, before);
                LOG.warn("{} can't go on after the edit of the accounts: {}", name, reasonOf(e));
            }
        });
    }

    /** An account, and whether it is new or another than before. */
    record Admitted(Account account, boolean changed) {}

    /**
     * Takes in an account as a source describes it.
     *
     * @throws ConfigException if it can't be used; what was known of it before stays
     * @throws IllegalStateException if there are too many, all of them in use
     */
    Admitted admit(String name, Map<String, String> keys) throws ConfigException {
        Visitor before = visitors.get(name);
        if (before != null && before.keys().equals(keys) && before.groups() == file) {
            Visitor again = new Visitor(keys, before.account(), before.groups(), System.nanoTime());
            if (visitors.replace(name, before, again)) {
                return new Admitted(before.account(), false);
            }
        }
        while (true) {
            Accounts groups = file;
            Account account = groups.visitor(name, keys);
            if (groups.isInFile(name)) {
                return new Admitted(account, false);
            }
            makeRoom();
            visitors.put(name, new Visitor(keys, account, groups, System.nanoTime()));
            if (groups == file) {
                return new Admitted(account, true);
            }
        }
    }

    /** There is no such account any more, or its password is another one. Returns whether it was known. */
    boolean forget(String name) {
        return visitors.remove(name) != null;
    }

    private void makeRoom() {
        if (visitors.size() < MOST) {
            return;
        }
        Set<String> needed = loggedIn.get();
        long now = System.nanoTime();
        visitors.entrySet()
                .removeIf(each ->
                        !needed.contains(each.getKey()) && now - each.getValue().since() > ENTERING.toNanos());
        if (visitors.size() >= MOST) {
            throw new IllegalStateException("too many accounts from elsewhere are logged in");
        }
    }

    /** What is wrong with an account, in clauses: there is no line of a file to name. */
    static String reasonOf(ConfigException wrong) {
        return wrong.problems().stream().map(Problem::what).collect(Collectors.joining("; "));
    }
}
