package dev.zeroftpd.server.quota;

import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.LimitedHomes;
import dev.zeroftpd.storage.quota.CounterFile;
import dev.zeroftpd.storage.quota.LateLimits;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.ftpserver.ftplet.User;
import org.jspecify.annotations.Nullable;

/** Loads quotas and retention once an account has such a limit, and nothing of them before. Thread-safe. */
public final class HomeLimits implements LimitedHomes, AutoCloseable {

    private final Path state;
    private final Collection<Path> ownFiles;
    private final AccountUserManager users;
    private final Events events;
    private volatile @Nullable Quotas quotas;
    private boolean closed;

    /** Of what {@link #limit} decides; written under this. */
    private volatile int generation;

    private final HomeNames names;

    /**
     * For a server that hasn't begun.
     *
     * @param state the directory in which numbers outlive the process
     * @param ownFiles others that the server needs, which retention leaves alone with what is beside them
     */
    public HomeLimits(Path state, Collection<Path> ownFiles, AccountUserManager users, Events events) {
        this(state, ownFiles, users, events, HomeNames.onDisk());
    }

    HomeLimits(Path state, Collection<Path> ownFiles, AccountUserManager users, Events events, HomeNames names) {
        this.state = state;
        this.ownFiles = List.copyOf(ownFiles);
        this.users = users;
        this.events = events;
        this.names = names;
    }

    /** To be called once, before sessions begin. Looks at each home that has a quota. */
    public synchronized void begin(HomeFileSystemFactory homes) {
        if (isLimited()) {
            quotas = load(homes, true);
            nextGeneration();
        } else if (Files.exists(state.resolve(CounterFile.NAME))) {
            Quotas.forgetAll(state);
        }
    }

    /** To be called when accounts have changed. Looks at no home: sessions do, and a thread of its own. */
    public synchronized void accountsChanged(HomeFileSystemFactory homes) {
        if (closed) {
            return;
        }
        Quotas running = quotas;
        if (running == null && isLimited()) {
            running = load(homes, false);
            quotas = running;
        }
        if (running != null) {
            nextGeneration();
            running.lookSoon(this::nextGeneration);
        }
    }

    private Quotas load(HomeFileSystemFactory homes, boolean atStart) {
        return new Quotas(new Surroundings(state, ownFiles, users, homes, names), events, atStart);
    }

    private boolean isLimited() {
        return users.accounts().all().stream()
                .anyMatch(account -> account.storage().isAny());
    }

    /** To be called when one account has changed. Looks at no home, either. */
    public synchronized void accountChanged(Account account, HomeFileSystemFactory homes) {
        if (closed) {
            return;
        }
        Quotas running = quotas;
        if (running == null && account.storage().isAny()) {
            accountsChanged(homes);
        } else if (running != null && running.accountChanged(account)) {
            nextGeneration();
        }
    }

    private synchronized void nextGeneration() {
        int last = generation;
        generation = last + 1;
    }

    /** Empty while no account has a limit. */
    public Optional<Quotas> quotas() {
        return Optional.ofNullable(quotas);
    }

    @Override
    public Storage limit(User user, Storage home) {
        return late(home, (running, bare) -> running.limit(user, bare));
    }

    @Override
    public Storage limitFolder(User user, String root, Storage folder) {
        return late(folder, (running, bare) -> running.limitFolder(user, root, bare));
    }

    private Storage late(Storage storage, BiFunction<Quotas, Storage, Storage> limited) {
        return new LateLimits(storage, new LateLimits.Limits() {
            @Override
            public int generation() {
                return generation;
            }

            @Override
            public Storage around(Storage bare) {
                Quotas running = quotas;
                return running == null ? bare : limited.apply(running, bare);
            }
        });
    }

    /** Leaves what is done in homes without a client to the next server. */
    public synchronized void handOver() {
        closed = true;
        Quotas running = quotas;
        if (running != null) {
            running.handOver();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Quotas running = quotas;
        if (running != null) {
            running.close();
        }
    }
}
