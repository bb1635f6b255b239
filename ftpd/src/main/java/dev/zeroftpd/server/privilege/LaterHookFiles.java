package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a program of a hook, or the quarantine, has come to lie in the home or a folder of an account that was
 * added or changed while the server runs. Any thread; it looks on one of its own, since a home may hang for ever.
 */
public final class LaterHookFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LaterHookFiles.class);

    /** How many accounts are remembered one by one while the thread is busy; with more, it looks at all. */
    private static final int MOST = 1000;

    private final boolean isNeeded;
    private final Supplier<Collection<Account>> all;
    private final Function<Collection<Account>, List<Problem>> looking;

    /** What the thread has to look at: these, or all. Guarded by this. */
    private final Set<Account> changed = new LinkedHashSet<>();

    private boolean allChanged;

    private boolean busy;

    /** By the thread that looks. */
    private volatile Set<Problem> known = Set.of();

    public LaterHookFiles(Settings settings, Supplier<Accounts> accounts) {
        this(
                !settings.hooks().isEmpty() || !HookFiles.programs(settings).isEmpty(),
                () -> accounts.get().all(),
                some -> HookFiles.inHomes(settings, some));
    }

    /** @param looking finds what lies in homes and folders of these accounts; may block */
    LaterHookFiles(
            boolean isNeeded, Supplier<Collection<Account>> all, Function<Collection<Account>, List<Problem>> looking) {
        this.isNeeded = isNeeded;
        this.all = all;
        this.looking = looking;
    }

    /** Has all accounts looked at; returns at once. */
    public synchronized void look() {
        if (!isNeeded) {
            return;
        }
        allChanged = true;
        changed.clear();
        begin();
    }

    /** Has one account looked at, which is new or another than before; returns at once. */
    public synchronized void look(Account account) {
        if (!isNeeded) {
            return;
        }
        if (!allChanged) {
            changed.add(account);
            if (changed.size() > MOST) {
                allChanged = true;
                changed.clear();
            }
        }
        begin();
    }

    private synchronized void begin() {
        if (!busy) {
            busy = true;
            Thread.ofPlatform().name("hook-files").daemon().start(this::lookUntilNothingIsNew);
        }
    }

    private void lookUntilNothingIsNew() {
        for (Optional<Look> next = next(); next.isPresent(); next = next()) {
            try {
                report(next.get(), looking.apply(next.get().accounts()));
            } catch (RuntimeException | Error e) {
                LOG.error("Whether programs of hooks lie in homes could not be looked at", e);
            }
        }
    }

    /** What the thread looks at next. */
    private record Look(Collection<Account> accounts, boolean isAtAll) {}

    private synchronized Optional<Look> next() {
        if (!allChanged && changed.isEmpty()) {
            busy = false;
            return Optional.empty();
        }
        Look next = allChanged ? new Look(all.get(), true) : new Look(List.copyOf(changed), false);
        allChanged = false;
        changed.clear();
        return Optional.of(next);
    }

    private void report(Look look, List<Problem> found) {
        Set<Problem> now = new LinkedHashSet<>(look.isAtAll() ? Set.of() : known);
        for (Problem problem : found) {
            if (!known.contains(problem)) {
                LOG.error("A client could change what the server starts or reads: {}", problem);
            }
            now.add(problem);
        }
        known = now;
    }
}
