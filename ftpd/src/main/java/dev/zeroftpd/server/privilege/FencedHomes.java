package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which homes this process can't reach since it was fenced, once. Any thread. */
public final class FencedHomes {

    private static final Logger LOG = LoggerFactory.getLogger(FencedHomes.class);

    private Map<String, Path> reported = Map.of();

    /** Looks at the homes of all enabled accounts. */
    public synchronized void report(Accounts accounts) {
        Map<String, Path> fenced = new TreeMap<>();
        for (Account account : accounts.all()) {
            if (account.getEnabled()) {
                directory(account.getHomeDirectory())
                        .filter(Landlock::keepsOut)
                        .ifPresent(home -> fenced.put(account.getName(), home));
            }
        }
        fenced.forEach((name, home) -> {
            if (!home.equals(reported.get(name))) {
                LOG.warn(
                        "{} can't log in: the home {} is outside the trees that this process may open since its start;"
                                + " restart it, or name a tree in process.sandbox-paths beforehand",
                        name,
                        home);
            }
        });
        reported = fenced;
    }

    /** The directory of this machine that a home is in: itself, or the one that has the archive. */
    static Optional<Path> directory(String home) {
        return HomeUri.scheme(home).isEmpty()
                ? Optional.of(Path.of(home).toAbsolutePath().normalize())
                : HomeUri.archive(home)
                        .map(archive -> Optional.ofNullable(archive.getParent()).orElse(archive));
    }
}
