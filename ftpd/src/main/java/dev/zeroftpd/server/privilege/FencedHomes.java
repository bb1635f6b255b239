package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.VirtualFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log which homes and virtual folders this process can't reach since it was fenced, once. Any thread; it looks on a thread of its
 * own, because a home on a file server that is gone may hang for ever.
 */
public final class FencedHomes {

    private static final Logger LOG = LoggerFactory.getLogger(FencedHomes.class);

    private static final String OUTSIDE =
            "is outside the trees that this process may open since its start; restart it, or"
                    + " name a tree in process.sandbox-paths beforehand";

    private final Predicate<Path> keepsOut;

    /** What is to be looked at, and while the thread looks, also what it looks at; null: it has ended. */
    private final AtomicReference<@Nullable Accounts> next = new AtomicReference<>();

    /** By the thread that looks. */
    private volatile Known known = new Known(Optional.empty(), Map.of());

    /**
     * What was looked at last.
     *
     * @param file those of the file: no copy, for there may be a hundred thousand
     * @param fromElsewhere the others as they were then
     */
    private record Known(Optional<Accounts> file, Map<String, Account> fromElsewhere) {

        /** The account of that name as it was, if it was enabled. */
        Optional<Account> find(Account now) {
            return now.isFromElsewhere()
                    ? Optional.ofNullable(fromElsewhere.get(now.getName()))
                    : file.flatMap(accounts -> accounts.find(now.getName()))
                            .filter(before -> before.getEnabled() && !before.isFromElsewhere());
        }
    }

    FencedHomes(Predicate<Path> keepsOut) {
        this.keepsOut = keepsOut;
    }

    /** Of this process. */
    public static FencedHomes ofProcess() {
        return new FencedHomes(Landlock::keepsOut);
    }

    /** Has the homes of enabled accounts looked at that are new or elsewhere since the last time; returns at once. */
    public void report(Accounts accounts) {
        if (next.getAndSet(accounts) != null) {
            return;
        }
        try {
            Thread.ofPlatform().name("homes").daemon().start(this::look);
        } catch (Error e) {
            next.set(null);
            LOG.warn("The homes of later accounts are not looked at: {}", FailureReason.of(e));
        }
    }

    /** Looks at one account from elsewhere, now. */
    public void report(Account account) {
        if (account.getEnabled()) {
            look(account);
        }
    }

    private void look() {
        for (Accounts now = next.get(); now != null; now = next.get()) {
            try {
                look(now);
            } catch (RuntimeException | Error e) {
                LOG.error("The homes of later accounts could not be looked at", e);
            }
            if (next.compareAndSet(now, null)) {
                return;
            }
        }
    }

    private void look(Accounts accounts) {
        Map<String, Account> fromElsewhere = new HashMap<>();
        for (Account account : accounts.all()) {
            if (account.getEnabled()) {
                look(account);
                if (account.isFromElsewhere()) {
                    fromElsewhere.put(account.getName(), account);
                }
            }
        }
        known = new Known(Optional.of(accounts), fromElsewhere);
    }

    private void look(Account account) {
        String name = account.getName();
        Set<Path> before = known.find(account).map(FencedHomes::directories).orElse(Set.of());
        directory(account.getHomeDirectory())
                .filter(home -> !before.contains(home) && keepsOut.test(home))
                .ifPresent(home -> LOG.warn("{} can't log in: the home {} {}", name, home, OUTSIDE));
        for (VirtualFolder folder : account.folders()) {
            directory(folder.root())
                    .filter(root -> !before.contains(root) && keepsOut.test(root))
                    .ifPresent(root -> LOG.warn("{} can't use the folder {}: {} {}", name, folder.at(), root, OUTSIDE));
        }
    }

    private static Set<Path> directories(Account account) {
        return roots(account).flatMap(root -> directory(root).stream()).collect(Collectors.toSet());
    }

    /** Where an account's files are: its home and its virtual folders, as paths or URIs. */
    static Stream<String> roots(Account account) {
        return Stream.concat(
                Stream.of(account.getHomeDirectory()),
                account.folders().stream().map(VirtualFolder::root));
    }

    /** The directory of this machine that a home is in: itself, or the one that has the archive. */
    static Optional<Path> directory(String home) {
        return HomeUri.scheme(home).isEmpty()
                ? Optional.of(Path.of(home).toAbsolutePath().normalize())
                : HomeUri.archive(home)
                        .map(archive -> Optional.ofNullable(archive.getParent()).orElse(archive));
    }
}
