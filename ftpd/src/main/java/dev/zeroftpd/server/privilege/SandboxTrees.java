package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.VirtualFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which trees of files a server may still open once it is fenced, and what for. One thread; the paths are those of now.
 *
 * <p>Homes and virtual folders may be changed whether or not their accounts may write today: an edit of the accounts holds from the next
 * command on, and a fence can't be moved.
 */
final class SandboxTrees {

    /** Nearer to the root, a directory has too much in it for all of it to be homes: {@code /home}, {@code /data}. */
    private static final int SHALLOWEST = 2;

    /** Too much of the machine is in them to be let through for the sake of one file. */
    private static final Set<Path> WIDE = Stream.of(
                    "/", "/boot", "/dev", "/etc", "/home", "/opt", "/proc", "/root", "/run", "/srv", "/sys", "/tmp",
                    "/usr", "/var")
            .map(Path::of)
            .collect(Collectors.toUnmodifiableSet());

    /** What this machine serves is there (Filesystem Hierarchy Standard, section 3.17): later homes will be, too. */
    private static final Path SERVED = Path.of("/srv");

    private static final Path ROOT = Path.of("/");

    private final Settings settings;
    private final SortedMap<Path, Access> trees = new TreeMap<>();

    /** Files that are read again, and directories of them that are too wide. */
    private final SortedMap<Path, Path> alone = new TreeMap<>();

    private final List<String> warnings = new ArrayList<>();
    private final List<String> tooWide = new ArrayList<>();

    /** @param logs the open files of the log */
    SandboxTrees(Settings settings, Accounts accounts, Set<Path> logs) {
        this.settings = settings;
        addFilesOfTheServer(logs);
        SystemTrees.ofThisProcess().forEach(this::add);
        addHomes(accounts.all());
        if (settings.users().asksElsewhere()) {
            addLaterHomes(accounts.treesOfMembers(settings.users().source().flatMap(SourceChoice::home), false));
        }
        alone.forEach((file, directory) -> {
            if (!isCovered(directory.resolve("any file"), Access.READ)) {
                warnings.add(file + " lies directly in " + directory + ", which is too wide a tree for process.sandbox:"
                        + " a file that replaces it is read after a restart only; put it into a directory of its own");
            }
        });
    }

    /** What the operator has to know of these trees; {@link #tooWide} is not among it. */
    List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    /** Each file that the server replaces in a directory that has too much else in it: it can't, behind this fence. */
    List<String> tooWide() {
        return Collections.unmodifiableList(tooWide);
    }

    /** Those that aren't there among them. */
    Map<Path, Access> all() {
        return Collections.unmodifiableSortedMap(trees);
    }

    /** From where programs may be started, for the sake of hooks; empty if there are none. */
    Set<Path> programs() {
        Set<Path> programs = new TreeSet<>();
        for (Path program : HookFiles.programs(settings).values()) {
            programs.addAll(SystemTrees.ofPrograms());
            for (Path directory : directoriesOf(program)) {
                // a script's own tools lie beside it
                programs.add(WIDE.contains(directory) ? real(program) : directory);
            }
        }
        return programs;
    }

    private void addFilesOfTheServer(Collection<Path> logs) {
        settings.process().sandboxPaths().forEach(path -> add(path, Access.CHANGE));
        settings.file().ifPresent(file -> addFile(file, Access.READ));
        settings.tls().files().forEach(file -> addFile(file, Access.READ));
        settings.listeners().stream().flatMap(ListenerSettings::files).forEach(file -> addFile(file, Access.READ));
        settings.admin().metricsToken().ifPresent(file -> addFile(file, Access.READ));
        settings.hooks().secretFile().ifPresent(file -> addFile(file, Access.READ));
        settings.hooks().quarantine().ifPresent(directory -> add(directory, Access.CHANGE));
        settings.users().source().ifPresent(source -> source.files().forEach(file -> addFile(file, Access.READ)));
        settings.users().check().authorities().ifPresent(file -> addFile(file, Access.READ));
        boolean trusts = settings.hooks().usesHttp()
                || settings.users().check().usesHttp()
                || settings.users().source().isPresent();
        if (trusts) {
            SystemTrees.ofTrust().forEach(file -> addFile(file, Access.READ));
        }
        // replaced by another file in the directory, by us or by an editor
        addDirectories(
                settings.users().file(), "one that replaces it may be read after a restart only, and old hashes stay");
        add(settings.stateDirectory(), Access.CHANGE);
        settings.controlSocket()
                .ifPresent(socket -> addDirectories(socket, "the control socket stays when the server ends"));
        logs.forEach(file -> addDirectories(file, "the log goes on in the open file, but can't be begun anew"));
    }

    /** A renewed file is another one that gets its name, and links may lead to another file of the directory then. */
    private void addFile(Path file, Access access) {
        add(file, access);
        for (Path directory : directoriesOf(file)) {
            if (WIDE.contains(directory)) {
                alone.put(file, directory);
            } else {
                add(directory, access);
            }
        }
    }

    /** @param loss what it means if the directory can't be changed */
    private void addDirectories(Path file, String loss) {
        for (Path directory : directoriesOf(file)) {
            if (WIDE.contains(directory)) {
                add(file, Access.CHANGE);
                tooWide.add(file + " lies directly in " + directory + ", which is too wide a tree to be changed behind"
                        + " process.sandbox: " + loss + "; put it into a directory of its own");
            } else {
                add(directory, Access.CHANGE);
            }
        }
    }

    /** Where the name is and where the file is. */
    private static Set<Path> directoriesOf(Path file) {
        return Stream.of(directoryOf(file), directoryOf(real(file)))
                .map(SandboxTrees::real)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void addHomes(Collection<Account> accounts) {
        if (Files.isDirectory(SERVED)) {
            add(SERVED, Access.CHANGE);
        }
        Set<Path> homes = directories(accounts.stream().map(Account::getHomeDirectory));
        Map<Path, Long> together = homes.stream()
                .filter(home -> home.getParent() != null)
                .collect(Collectors.groupingBy(SandboxTrees::directoryOf, Collectors.counting()));
        // where homes lie side by side, those of later accounts will too; and one rule is enough for thousands
        together.forEach((parent, count) -> {
            if (count > 1 && isDeep(parent) && trees.keySet().stream().noneMatch(other -> other.startsWith(parent))) {
                add(parent, Access.CHANGE);
            }
        });
        homes.forEach(home -> addPlace(home, Access.CHANGE));
        // one by one: what lies beside folders is not served
        Set<Path> folders = directories(
                accounts.stream().flatMap(account -> account.folders().stream().map(VirtualFolder::root)));
        folders.forEach(folder -> addPlace(folder, Access.CHANGE));
        if (homes.contains(ROOT) || folders.contains(ROOT)) {
            warnings.add(
                    "An account has / as its home or as a folder, so process.sandbox lets the server change every file"
                            + " that its user may; give that account a directory of its own");
        }
    }

    /** Where accounts from elsewhere will have their homes, which are not known yet. */
    private void addLaterHomes(Set<String> templates) {
        for (Path tree : directories(templates.stream())) {
            if (WIDE.contains(tree) && !isCovered(tree.resolve("any file"), Access.CHANGE)) {
                warnings.add("Homes of later accounts may lie in " + tree + ", which is too wide a tree for"
                        + " process.sandbox; name the directories in process.sandbox-paths, or put the homes deeper");
            } else {
                add(tree, Access.CHANGE);
            }
        }
    }

    private static Set<Path> directories(Stream<String> roots) {
        Map<Path, Path> parents = new HashMap<>();
        return roots.flatMap(root -> FencedHomes.directory(root).stream())
                .map(directory -> real(directory, parents))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Follows the links above thousands of homes that lie side by side once: they would take half of the start otherwise. */
    private static Path real(Path directory, Map<Path, Path> parents) {
        @Nullable Path parent = directory.getParent();
        return parent == null || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                ? real(directory)
                : parents.computeIfAbsent(parent, SandboxTrees::real).resolve(directory.getFileName());
    }

    private void add(Path path, Access access) {
        addPlace(real(path), access);
    }

    /** @param place without links in it */
    private void addPlace(Path place, Access access) {
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
