package dev.zeroftpd.cli;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.users.Account;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
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

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 022;

    /** More names than these are only counted. */
    private static final int NAMES_TOLD = 3;

    private final Map<Path, SortedSet<String>> homes = new TreeMap<>();

    /** By what is wrong with one directory: the accounts whose homes it concerns. */
    private final Map<String, SortedSet<String>> risks = new TreeMap<>();

    private HomeWarnings(Collection<Account> accounts) {
        boolean tells = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
        for (Account account : accounts) {
            String home = account.getHomeDirectory();
            if (account.getEnabled() && HomeUri.scheme(home).isEmpty()) {
                Path path = Path.of(home).toAbsolutePath().normalize();
                homes.computeIfAbsent(real(path), unseen -> new TreeSet<>()).add(account.getName());
                if (tells) {
                    addRisks(path, account.getName());
                    addRisks(real(path), account.getName());
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
                }
            }
        });
        return lines;
    }

    /** Looks at each directory that has a name on the way, and at who owns what is behind that name. */
    private void addRisks(Path home, String account) {
        Path child = home;
        for (Path above = home.getParent(); above != null; above = above.getParent()) {
            for (String why : risks(above, child)) {
                risks.computeIfAbsent(why, unseen -> new TreeSet<>()).add(account);
            }
            child = above;
        }
    }

    private static Set<String> risks(Path directory, Path child) {
        Set<String> risks = new LinkedHashSet<>();
        try {
            if (isForeign(directory)) {
                risks.add(directory + " belongs to " + Files.getOwner(directory));
            }
            int mode = (int) Files.getAttribute(directory, "unix:mode");
            boolean open = (mode & WRITABLE_BY_OTHERS) != 0;
            if (open && (mode & STICKY) == 0) {
                risks.add(
                        directory + " may be written to by others (mode " + Integer.toOctalString(mode & 07777) + ")");
            } else if (open && isForeign(child)) {
                risks.add(child + " belongs to " + Files.getOwner(child, LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException unreadable) {
            return Set.of(); // then the home can't be reached either, which the log says at login
        }
        return risks;
    }

    /** Root and the user that runs this can do everything here anyway. */
    private static boolean isForeign(Path path) throws IOException {
        UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal self = path.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        return !owner.equals(self)
                && !Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException missing) {
            return home;
        }
    }

    private static String told(SortedSet<String> names) {
        List<String> first = names.stream().limit(NAMES_TOLD).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
