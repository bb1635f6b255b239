package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.users.Accounts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a program of a hook, or the quarantine, has come to lie in the home or a folder of an account that was
 * added or changed while the server runs. Any thread; it looks on one of its own, since a home may hang for ever.
 */
public final class LaterHookFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LaterHookFiles.class);

    private final Settings settings;
    private final Supplier<Accounts> accounts;

    /** How often this was asked since the thread began; 0: there is none. */
    private final AtomicInteger asked = new AtomicInteger();

    /** By the thread that looks. */
    private volatile List<Problem> known = List.of();

    public LaterHookFiles(Settings settings, Supplier<Accounts> accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    /** Returns at once. */
    public void look() {
        if ((settings.hooks().isEmpty() && HookFiles.programs(settings).isEmpty()) || asked.getAndIncrement() > 0) {
            return;
        }
        Thread.ofPlatform().name("hook-files").daemon().start(this::lookUntilNothingIsNew);
    }

    private void lookUntilNothingIsNew() {
        int seen;
        do {
            seen = asked.get();
            try {
                report(HookFiles.inHomes(settings, accounts.get()));
            } catch (RuntimeException | Error e) {
                LOG.error("Whether programs of hooks lie in homes could not be looked at", e);
            }
        } while (!asked.compareAndSet(seen, 0));
    }

    private void report(List<Problem> found) {
        found.stream()
                .filter(problem -> !known.contains(problem))
                .forEach(problem -> LOG.error("A client could change what the server starts or reads: {}", problem));
        known = found;
    }
}
