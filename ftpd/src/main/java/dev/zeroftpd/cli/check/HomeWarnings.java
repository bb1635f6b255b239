package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.users.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells where others than the administrator decide what an account's home is: homes within other accounts' homes, and homes
 * below directories that others may change. They can put another directory, or a link, in a home's place, and then the next
 * login is in that. One thread.
 */
final class HomeWarnings {

    /** More names than these are only counted. */
    private static final int NAMES_TOLD = 3;

    private final Map<Path, SortedSet<String>> homes = new TreeMap<>();

    /** By what is wrong with one directory: the accounts whose homes it concerns. */
    private final Map<String, SortedSet<String>> risks = new TreeMap<>();

    private final Set<String> withQuota = new HashSet<>();
    private final Set<String> withRetention = new HashSet<>();

    private HomeWarnings(Collection<Account> accounts) {
        boolean tells = PathRisks.areKnown();
        for (Account account : accounts) {
            String home = account.getHomeDirectory();
            if (account.getEnabled() && HomeUri.scheme(home).isEmpty()) {
                Path path = Path.of(home).toAbsolutePath().normalize();
                homes.computeIfAbsent(PathRisks.real(path), unseen -> new TreeSet<>())
                        .add(account.getName());
                if (account.storage().hasQuota()) {
                    withQuota.add(account.getName());
                }
                if (account.storage().retentionDays() > 0) {
                    withRetention.add(account.getName());
                }
                if (tells) {
                    addRisks(path, account.getName());
                    addRisks(PathRisks.real(path), account.getName());
                }
            }
        }
    }

    /** One line for each pair of homes, and for each directory on the way to some. */
    static List<String> of(Collection<Account> accounts) {
        HomeWarnings found = new HomeWarnings(accounts);
        List<String> lines = new ArrayList<>(found.nested());
        found.risks.forEach((why, names) ->
                lines.add(why + ", who can put another directory in the place of the home of " + told(names)));
        return lines;
    }

    private List<String> nested() {
        List<String> lines = new ArrayList<>();
        homes.forEach((home, names) -> {
            for (Path above = home.getParent(); above != null; above = above.getParent()) {
                SortedSet<String> outer = homes.get(above);
                if (outer != null) {
                    lines.add(home + ", the home of " + told(names) + ", is within the home of " + told(outer)
                            + ", who can put another directory in its place if they may write");
                    if (!Collections.disjoint(names, withQuota) || !Collections.disjoint(outer, withQuota)) {
                        lines.add(home + ", the home of " + told(names) + ", is within the home of " + told(outer)
                                + ": what one of them stores there, the other's quota knows after its next count only");
                    }
                    if (!Collections.disjoint(outer, withRetention)) {
                        lines.add(home + ", the home of " + told(names) + ", is within the home of " + told(outer)
                                + ", whose retention deletes nothing there");
                    }
                }
            }
        });
        return lines;
    }

    private void addRisks(Path home, String account) {
        for (String why : PathRisks.above(home)) {
            risks.computeIfAbsent(why, unseen -> new TreeSet<>()).add(account);
        }
    }

    static String told(SortedSet<String> names) {
        List<String> first = names.stream().limit(NAMES_TOLD).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
