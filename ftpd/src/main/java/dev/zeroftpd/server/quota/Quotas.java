package dev.zeroftpd.server.quota;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.ftplet.LimitedHomes;
import dev.zeroftpd.storage.quota.CappedStorage;
import dev.zeroftpd.storage.quota.Counter;
import dev.zeroftpd.storage.quota.CounterFile;
import dev.zeroftpd.storage.quota.HomeUsage;
import dev.zeroftpd.storage.quota.MeteredStorage;
import dev.zeroftpd.storage.quota.QuotaLimits;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.limit.StorageLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.User;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits that accounts have in their homes, once one has any. Thread-safe.
 *
 * <p>What lies in a home is counted once, however many accounts have it: each of them is held to its own limits by that number.
 */
public final class Quotas implements LimitedHomes, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

    private final Surroundings around;
    private final QuotaEvents events;

    /** Guarded by this; opened once a home has to be counted. */
    private Optional<CounterFile> file = Optional.empty();

    private boolean opened;

    /** Until each home has been looked at that had a quota at the start. Guarded by this. */
    private boolean starting;

    /** By their names. */
    private final Map<String, LimitedHome> limited = new ConcurrentHashMap<>();

    private final Upkeep upkeep;

    /**
     * Looks at homes that appear while the server runs. One on a file system that hangs delays only the first counts of the
     * others.
     */
    private final ExecutorService looking = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("quotas-look").daemon().factory());

    private final AtomicBoolean asked = new AtomicBoolean();

    /** @param atStart whether no session has begun: then each home with a quota is looked at now */
    Quotas(Surroundings around, Events events, boolean atStart) {
        this.around = around;
        this.events = new QuotaEvents(events);
        this.upkeep = new Upkeep(this, around.homes(), this.events, HomesInTurn.PATIENCE, InstantSource.system());
        this.starting = atStart;
        if (atStart) {
            look();
            forgetOthers();
            hasStarted();
        }
        upkeep.begin();
    }

    private synchronized void forgetOthers() {
        if (opened) {
            file.ifPresent(kept -> kept.forgetAllBut(limited.keySet()));
        } else {
            forgetAll(around.state());
        }
    }

    /** For a start at which no home has a quota: no number of the runs before is to be believed later. */
    static void forgetAll(Path state) {
        try {
            CounterFile.forgetAll(state);
        } catch (IOException e) {
            LOG.warn(
                    "A home that gets a quota again may have too low a number for a day, because those in {} can't be"
                            + " changed: {}",
                    state,
                    FailureReason.of(e));
        }
    }

    private synchronized void hasStarted() {
        starting = false;
    }

    private static Optional<CounterFile> open(Path state) {
        try {
            return Optional.of(CounterFile.open(state));
        } catch (IOException e) {
            LOG.warn(
                    "All homes with quotas are counted anew at each start, because the numbers can't be kept in {}: {}",
                    state,
                    FailureReason.of(e));
            return Optional.empty();
        }
    }

    /**
     * Looks at homes that have got a quota, on a thread of its own.
     *
     * @param then what to do afterwards: sessions of accounts without a quota may be in such a home too
     */
    void lookSoon(Runnable then) {
        if (!asked.compareAndSet(false, true)) {
            return;
        }
        try {
            looking.execute(() -> {
                asked.set(false); // first: an edit that comes now is looked at once more
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.error("Homes that have got a quota could not be looked at", e);
                }
                then.run();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: no more homes are looked at", e);
        }
    }

    private void look() {
        for (Account account : around.users().accounts().all()) {
            if (isCounted(account)) {
                String _ = around.names().of(account.getHomeDirectory()); // waits for the home
                if (looking.isShutdown()) {
                    return;
                }
                LimitedHome home = of(account);
                if (home != null) {
                    home.account(account);
                }
            }
        }
    }

    /**
     * The same for one account, whose home is looked at by its session.
     *
     * @return whether the limits of a home that is counted are others now
     */
    synchronized boolean accountChanged(Account account) {
        LimitedHome home = isCounted(account) ? known(account) : null;
        if (home != null) {
            home.account(account);
        }
        return home != null || account.storage().isAny();
    }

    private static boolean isCounted(Account account) {
        return account.getEnabled() && account.storage().hasQuota();
    }

    private synchronized LimitedHome begin(String name, Account account) {
        LimitedHome before = limited.get(name);
        if (before != null) {
            return before;
        }
        if (!opened) {
            file = open(around.state());
            opened = true;
        }
        LimitedHome home = new LimitedHome(new HomeUsage(counter(name), events, Instant.now()), account);
        limited.put(name, home);
        boolean reliable = starting && file.isPresent() && !file.get().endedBadly();
        if (!reliable || home.usage().countedAt().isEmpty()) {
            upkeep.count(home); // without a quota, and before this look, nothing was counted
        }
        return home;
    }

    private Counter counter(String name) {
        if (file.isPresent()) {
            try {
                return file.get().counter(name);
            } catch (IOException e) {
                LOG.warn("What lies in {} is counted anew at each start: {}", name, FailureReason.of(e));
            }
        }
        return Counter.forThisProcess();
    }

    @Override
    public Storage limit(User user, Storage storage) {
        return user instanceof Account account ? limit(account, homeOf(account), storage) : storage;
    }

    /** That of its login: an account that has another one by now has that from its next login on. */
    private @Nullable LimitedHome homeOf(Account account) {
        Account now = current(account);
        return now.getHomeDirectory().equals(account.getHomeDirectory())
                ? of(now)
                : limited.get(around.names().of(account.getHomeDirectory()));
    }

    /** What is uploaded there is held to what the owner of the home may have, and to what the account may upload at once. */
    @Override
    public Storage limitFolder(User user, String root, Storage folder) {
        if (!(user instanceof Account account)) {
            return folder;
        }
        LimitedHome home = homeAround(root);
        return home == null ? capped(account, folder) : capped(account, counted(folder, home, home::account));
    }

    private Storage limit(Account account, @Nullable LimitedHome home, Storage storage) {
        return capped(account, home == null ? storage : counted(storage, home, () -> account));
    }

    private MeteredStorage counted(Storage storage, LimitedHome home, Supplier<Account> held) {
        return new MeteredStorage(storage, home.usage(), () -> limits(current(held.get())));
    }

    private Storage capped(Account account, Storage storage) {
        return new CappedStorage(
                storage, () -> orUnlimited(current(account).storage().uploadBytes()));
    }

    /** The innermost home with a quota that a folder's directory is in; null if it is in none. */
    private @Nullable LimitedHome homeAround(String root) {
        if (limited.isEmpty()) {
            return null;
        }
        String name = around.names().now(root);
        if (HomeUri.scheme(root).isPresent()) {
            return limited.get(name);
        }
        LimitedHome found = null;
        for (Path each = Path.of(name); each != null && found == null; each = each.getParent()) {
            found = limited.get(each.toString());
        }
        return found;
    }

    /** As the file has it now; as it was at login, if it is gone. */
    private Account current(Account account) {
        return users().accounts().find(account.getName()).orElse(account);
    }

    static QuotaLimits limits(Account account) {
        StorageLimits limits = account.storage();
        return new QuotaLimits(
                account.getName(),
                orUnlimited(limits.bytes()),
                orUnlimited(limits.files()),
                limits.warnPercent(),
                account.rights().reveal("/"));
    }

    private static long orUnlimited(long limit) {
        return limit == 0 ? Room.UNLIMITED : limit;
    }

    /** The home whose content is counted; null if that isn't. May look at the home. */
    @Nullable
    LimitedHome of(Account account) {
        String name = around.names().of(account.getHomeDirectory());
        LimitedHome found = limited.get(name);
        return found == null && isCounted(account) ? begin(name, account) : found;
    }

    /** The same without a look at a home that is new. Never blocks. */
    @Nullable
    LimitedHome known(Account account) {
        return around.names()
                .known(account.getHomeDirectory())
                .map(limited::get)
                .orElse(null);
    }

    String nameOf(Account account) {
        return around.names().now(account.getHomeDirectory());
    }

    /** What retention leaves alone, once it is known where it is. */
    SparedSearch spared() {
        return new SparedSearch(around.names(), ownFiles());
    }

    /**
     * All that may lie in a home and isn't its account's, as it is written: other homes, and what the server itself needs with what
     * is beside that.
     */
    Set<String> sparedPaths() {
        Set<String> paths = new HashSet<>();
        users().accounts().all().forEach(account -> paths.add(account.getHomeDirectory()));
        if (users().elsewhere().isInUse()) {
            paths.addAll(treesOfMembers(false)); // of accounts that have not logged in yet
        }
        paths.add(around.state().toString());
        paths.addAll(ownFiles());
        return paths;
    }

    private Set<String> ownFiles() {
        Set<String> files = new HashSet<>();
        files.add(users().file().toString());
        around.ownFiles().forEach(file -> files.add(file.toString()));
        return files;
    }

    /** Where a home is, as far as that is known: tells directories that don't answer from others. Never blocks. */
    String directoryOf(Account account) {
        String home = account.getHomeDirectory();
        return around.names().known(home).orElse(home);
    }

    /**
     * Lets only accounts pass whose old files can be told from those of others: not those in whose home accounts that aren't known yet
     * may have theirs.
     */
    void requireApart(Account account) throws IOException {
        if (isTreeOfMembers(account)) {
            throw new IOException("accounts from elsewhere have their homes in the home of " + account.getName());
        }
    }

    private boolean isTreeOfMembers(Account account) {
        if (!users().elsewhere().isInUse()) {
            return false;
        }
        String home = nameOf(account);
        return treesOfMembers(true).stream().map(around.names()::now).anyMatch(home::equals);
    }

    private Set<String> treesOfMembers(boolean ofEachAlone) {
        return users().accounts().treesOfMembers(users().elsewhere().homes(), ofEachAlone);
    }

    AccountUserManager users() {
        return around.users();
    }

    Map<String, LimitedHome> limited() {
        return limited;
    }

    /** What operators may ask and order. */
    public QuotaOrders orders() {
        return new QuotaOrders(this, around.homes(), events);
    }

    /** Leaves counting and deleting to another server; what happens in this one's sessions is still counted. */
    public void handOver() {
        looking.shutdownNow();
        upkeep.close();
    }

    @Override
    public synchronized void close() {
        looking.shutdownNow();
        upkeep.close();
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            LOG.warn("The numbers of quotas may not be on the disk: {}", FailureReason.of(e));
        }
    }
}
