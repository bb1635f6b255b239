package dev.zeroftpd.server.quota;

import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeTree;
import dev.zeroftpd.storage.quota.HomeUsage;
import dev.zeroftpd.storage.quota.HomeWalk;
import dev.zeroftpd.storage.quota.Pace;
import dev.zeroftpd.users.Account;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done in homes that no client or operator waits for: one home after the other, and slowly. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** How old a count may get before other programs' changes are looked for. */
    private static final Duration RECOUNT = Duration.ofDays(1);

    /** How often is looked which counts and which files are too old; retention is in whole days. */
    private static final Duration ROUND = Duration.ofHours(1);

    /** A server that is started and stopped for a test or an upgrade shouldn't begin with that. */
    private static final Duration FIRST_ROUND = Duration.ofMinutes(5);

    private final Quotas quotas;
    private final HomeFileSystemFactory homes;
    private final QuotaEvents events;
    private final ClockWatch clock;
    private final HomesInTurn turns;

    /** Of what doesn't answer, where it is, as far as that was found out. By the one thread. */
    private final Map<String, String> reached = new HashMap<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quotas").daemon().factory());

    Upkeep(Quotas quotas, HomeFileSystemFactory homes, QuotaEvents events, Duration patience, InstantSource clock) {
        this.quotas = quotas;
        this.clock = new ClockWatch(clock, System::nanoTime);
        this.turns = new HomesInTurn(patience);
        this.homes = homes;
        this.events = events;
    }

    void begin() {
        var _ = thread.scheduleWithFixedDelay(
                this::round, FIRST_ROUND.toSeconds(), ROUND.toSeconds(), TimeUnit.SECONDS);
    }

    /** Counts a home soon. */
    void count(LimitedHome home) {
        try {
            thread.execute(() -> countNow(home));
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: no more homes are counted", e);
        }
    }

    void round() {
        try {
            expireAll();
            Instant old = clock.now().minus(RECOUNT);
            List<LimitedHome> oldestFirst = quotas.limited().values().stream()
                    .filter(home -> countedAt(home).isBefore(old))
                    .sorted(Comparator.comparing(Upkeep::countedAt))
                    .toList();
            oldestFirst.forEach(this::countNow);
        } catch (CancellationException e) {
            LOG.debug("Stopping", e);
        } catch (RuntimeException | Error e) {
            LOG.error("A round through the homes failed", e); // thrown on, it would silently be the last
        }
    }

    private void expireAll() {
        List<Account> accounts = quotas.users().accounts().all().stream()
                .filter(account -> account.getEnabled() && account.storage().retentionDays() > 0)
                .toList();
        if (accounts.isEmpty()) {
            return;
        }
        Duration jump = clock.jump();
        if (!jump.isZero()) {
            LOG.error(
                    "No old files are deleted: since the server was started the clock has been put {} by {} hours. If"
                            + " it is right now, restart the server",
                    jump.isNegative() ? "back" : "forward",
                    jump.abs().toHours());
            return;
        }
        Optional<SparedPaths> found = quotas.spared().allThatAnswer(quotas.sparedPaths(), turns, reached);
        if (found.isEmpty()) {
            return;
        }
        SparedPaths spared = found.get();
        for (Account account : accounts) {
            String directory = quotas.directoryOf(account);
            if (spared.areKnownIn(account.getHomeDirectory(), directory)) {
                turns.during(directory, pace -> expire(account, spared, pace));
            } else {
                LOG.info("Old files of {} stay, as it isn't known what else lies in the home", account.getName());
            }
        }
    }

    private static Instant countedAt(LimitedHome home) {
        return home.usage().countedAt().orElse(Instant.EPOCH);
    }

    private void countNow(LimitedHome home) {
        turns.during(quotas.directoryOf(home.account()), pace -> countNow(home, pace));
    }

    private void countNow(LimitedHome home, Pace pace) {
        try {
            Optional<HomeUsage.Found> _ = home.countUnlessItIsCounted(homes, pace);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.warn("A home with a quota can't be counted, and what was known stays: {}", FailureReason.of(e));
            }
        }
    }

    private void expire(Account account, SparedPaths spared, Pace pace) {
        long days = account.storage().retentionDays();
        try (HomeTree tree = homes.tree(account)) {
            quotas.requireApart(account);
            String home = quotas.nameOf(account);
            if (!spared.areKnownIn(home)) {
                throw new IOException("it isn't known what else lies in " + home);
            }
            Retention retention = new Retention(
                    tree,
                    spared.within(home),
                    clock.now().minus(Duration.ofDays(days)),
                    true,
                    (path, _, _) -> events.expired(account.getName(), path.text(), days));
            HomeWalk.through(tree.storage(), retention, pace);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the others' files are deleted all the same
            LOG.warn("Old files of {} stay: {}", account.getName(), FailureReason.of(e));
        }
    }

    /** Ends what is being done, without waiting for it. */
    @Override
    public void close() {
        thread.shutdownNow();
        turns.close();
    }
}
