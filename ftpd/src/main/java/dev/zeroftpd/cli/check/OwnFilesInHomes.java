package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.users.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells which of the server's own directories are in accounts' homes, where clients reach them and retention works. One thread. */
final class OwnFilesInHomes {

    private final Map<Path, SortedSet<String>> homes = new TreeMap<>();
    private final SortedSet<String> withRetention = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();

    private OwnFilesInHomes(Collection<Account> accounts) {
        for (Account account : accounts) {
            String home = account.getHomeDirectory();
            if (account.getEnabled() && HomeUri.scheme(home).isEmpty()) {
                homes.computeIfAbsent(real(Path.of(home)), unseen -> new TreeSet<>())
                        .add(account.getName());
                if (account.storage().retentionDays() > 0) {
                    withRetention.add(account.getName());
                }
            }
        }
    }

    private static Path real(Path path) {
        return PathRisks.real(path.toAbsolutePath().normalize());
    }

    /** One line for each such directory and home. */
    static List<String> of(Settings settings, Collection<Account> accounts) {
        OwnFilesInHomes found = new OwnFilesInHomes(accounts);
        Map<Path, String> own = new TreeMap<>();
        settings.tls().privateKey().ifPresent(file -> own.put(directoryOf(file), "the private key"));
        settings.tls().keystore().ifPresent(file -> own.put(directoryOf(file), "the key store"));
        settings.file().ifPresent(file -> own.put(directoryOf(file), "the settings"));
        own.put(directoryOf(settings.users().file()), "the accounts");
        own.put(real(settings.stateDirectory()), "state.directory");
        own.forEach(found::look);
        return found.lines;
    }

    private static Path directoryOf(Path file) {
        Path parent = real(file).getParent();
        return parent == null ? file.getRoot() : parent;
    }

    private void look(Path directory, String what) {
        for (Path home = directory; home != null; home = home.getParent()) {
            SortedSet<String> names = homes.get(home);
            if (names != null) {
                lines.add(directory + ", which is or has " + what + ", is in the home of " + HomeWarnings.told(names)
                        + ", where clients can reach it: move it elsewhere" + retention(names, directory.equals(home)));
            }
        }
    }

    private String retention(SortedSet<String> names, boolean isHome) {
        SortedSet<String> deleting = new TreeSet<>(names);
        deleting.retainAll(withRetention);
        return isHome && !deleting.isEmpty()
                ? "; the retention of " + HomeWarnings.told(deleting) + " deletes old files in it"
                : "";
    }
}
