package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which trees of files a server may still open once it is fenced, and what for. One thread; the paths are those of now.
 *
 * <p>Homes may be changed whether or not their accounts may write today: an edit of the accounts holds from the next
 * command on, and a fence can't be moved.
 */
final class SandboxTrees {

    /** Nearer to the root, a directory has too much in it: {@code /etc}, {@code /home}, {@code /tmp}. */
    private static final int SHALLOWEST = 2;

    /** What this machine serves is there (Filesystem Hierarchy Standard, section 3.17): later homes will be, too. */
    private static final Path SERVED = Path.of("/srv");

    private final Settings settings;
    private final SortedMap<Path, Access> trees = new TreeMap<>();

    /** @param logs the open files of the log */
    SandboxTrees(Settings settings, Accounts accounts, Set<Path> logs) {
        this.settings = settings;
        addFilesOfTheServer(logs);
        SystemTrees.ofThisProcess().forEach(this::add);
        addHomes(accounts.all());
    }

    /** Those that aren't there among them. */
    Map<Path, Access> all() {
        return Collections.unmodifiableSortedMap(trees);
    }

    private void addFilesOfTheServer(Collection<Path> logs) {
        settings.process().sandboxPaths().forEach(path -> add(path, Access.CHANGE));
        settings.file().ifPresent(file -> addFile(file, Access.READ));
        Stream.of(
                        settings.tls().certificate(),
                        settings.tls().privateKey(),
                        settings.tls().keystore(),
                        settings.tls().clientAuthorities())
                .forEach(file -> file.ifPresent(found -> addFile(found, Access.READ)));
        // replaced by another file in the directory, by us or by an editor
        addDirectories(settings.users().file(), Access.CHANGE);
        add(settings.stateDirectory(), Access.CHANGE);
        logs.forEach(file -> addDirectories(file, Access.CHANGE));
    }

    /** A renewed file is another one that gets its name, and links may lead to another file of the directory then. */
    private void addFile(Path file, Access access) {
        add(file, access);
        Stream.of(file, real(file))
                .map(SandboxTrees::directoryOf)
                .filter(SandboxTrees::isDeep)
                .forEach(directory -> add(directory, access));
    }

    private void addDirectories(Path file, Access access) {
        add(directoryOf(file), access);
        add(directoryOf(real(file)), access);
    }

    private void addHomes(Collection<Account> accounts) {
        if (Files.isDirectory(SERVED)) {
            add(SERVED, Access.CHANGE);
        }
        Set<Path> homes = accounts.stream()
                .map(Account::getHomeDirectory)
                .flatMap(home -> FencedHomes.directory(home).stream())
                .map(SandboxTrees::real)
                .collect(Collectors.toSet());
        Map<Path, Long> together = homes.stream()
                .filter(home -> home.getParent() != null)
                .collect(Collectors.groupingBy(SandboxTrees::directoryOf, Collectors.counting()));
        // where homes lie side by side, those of later accounts will too; and one rule is enough for thousands
        together.forEach((parent, count) -> {
            if (count > 1 && isDeep(parent) && trees.keySet().stream().noneMatch(other -> other.startsWith(parent))) {
                add(parent, Access.CHANGE);
            }
        });
        homes.forEach(home -> add(home, Access.CHANGE));
    }

    private void add(Path path, Access access) {
        Path place = real(path);
        if (access == Access.REMOVE || !isCovered(place, access)) {
            trees.merge(place, access, (before, added) -> before == Access.CHANGE ? before : added);
        }
    }

    private boolean isCovered(Path path, Access access) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            Access allowed = trees.get(above);
            if (allowed == Access.CHANGE || allowed == access) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDeep(Path directory) {
        return directory.getNameCount() >= SHALLOWEST;
    }

    private static Path directoryOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException missing) {
            return file.toAbsolutePath().normalize();
        }
    }
}
