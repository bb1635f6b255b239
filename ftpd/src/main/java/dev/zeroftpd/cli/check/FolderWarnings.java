package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.VirtualFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells which virtual folders aren't there, which an account may reach by another name, and where others than the administrator
 * decide what they are: those within the home of another account, homes within folders, and folders below directories that
 * others may change. One thread.
 *
 * <p>It looks at each directory once, however many accounts have it: a group may give the same folders to thousands.
 */
final class FolderWarnings {

    private static final String TWO_NAMES =
            ": what is there has two names, and by the other one, or by a link, it has the permissions of that name;"
                    + " name directories that lie apart";

    private static final String RESTART =
            "; behind process.sandbox, one that is made or mounted after the start is not served before a restart,"
                    + " unless process.sandbox-paths names the directory above it";

    /** One directory as a folder. */
    private record Root(String written, boolean readOnly) {}

    private final boolean fenced;
    private final Map<String, Path> real = new HashMap<>();

    /** Whose homes are where, by {@link #key}: those below a directory are one range. */
    private final NavigableMap<String, NavigableSet<String>> homes = new TreeMap<>();

    /** By what is wrong: the accounts that it concerns. */
    private final Map<String, NavigableSet<String>> found = new TreeMap<>();

    private FolderWarnings(Collection<Account> all, boolean fenced) {
        this.fenced = fenced;
        List<Account> accounts = all.stream().filter(Account::getEnabled).toList();
        for (Account account : accounts) {
            if (isLocal(account.getHomeDirectory())) {
                homes.computeIfAbsent(key(real(account.getHomeDirectory())), unseen -> new TreeSet<>())
                        .add(account.getName());
            }
        }
        Map<Root, NavigableSet<String>> roots = new HashMap<>();
        for (Account account : accounts) {
            List<VirtualFolder> folders = account.folders().stream()
                    .filter(folder -> isLocal(folder.root()))
                    .toList();
            for (VirtualFolder folder : folders) {
                roots.computeIfAbsent(new Root(folder.root(), folder.readOnly()), unseen -> new TreeSet<>())
                        .add(account.getName());
            }
            lookForOtherNames(account, folders);
        }
        roots.forEach(this::look);
    }

    /**
     * One line for each thing that is wrong with a directory, however many accounts have it as a folder.
     *
     * @param fenced whether the server will run behind its sandbox
     */
    static List<String> of(Collection<Account> accounts, boolean fenced) {
        List<String> lines = new ArrayList<>();
        new FolderWarnings(accounts, fenced)
                .found.forEach((why, names) -> lines.add(why.formatted(HomeWarnings.told(names))));
        return lines;
    }

    private static boolean isLocal(String directory) {
        return HomeUri.scheme(directory).isEmpty();
    }

    private Path real(String written) {
        return real.computeIfAbsent(written, unseen -> PathRisks.real(Path.of(written)));
    }

    /** With a slash at its end, so that what is below begins with it. */
    private static String key(Path directory) {
        String text = directory.toString().replace(File.separatorChar, '/');
        return text.endsWith("/") ? text : text + "/";
    }

    /** A name hides what the home has under it, but not what a link of the home leads to. */
    private void lookForOtherNames(Account account, List<VirtualFolder> folders) {
        for (VirtualFolder folder : folders) {
            Path root = real(folder.root());
            String whose = literal(folder.root()) + ", a folder of %s, ";
            if (isLocal(account.getHomeDirectory())) {
                Path home = real(account.getHomeDirectory());
                if (root.startsWith(home)) {
                    add(whose + "is within the account's own home" + TWO_NAMES, account);
                } else if (home.startsWith(root) && !folder.readOnly()) {
                    add(whose + "has the account's own home in it" + TWO_NAMES, account);
                }
            }
            for (VirtualFolder outer : folders) {
                boolean changeable = !folder.readOnly() || !outer.readOnly();
                boolean other = !outer.equals(folder)
                        && (!real(outer.root()).equals(root) || outer.at().compareTo(folder.at()) < 0);
                if (other && changeable && root.startsWith(real(outer.root()))) {
                    add(whose + "is within another one, " + literal(outer.root()) + TWO_NAMES, account);
                }
            }
        }
    }

    private void look(Root folder, NavigableSet<String> names) {
        Path root = Path.of(folder.written());
        String whose = literal(root) + ", a folder of %s, ";
        if (!Files.isDirectory(root)) {
            add(
                    whose + (Files.exists(root) ? "is a file, not a directory" : "is not there")
                            + ": clients that enter it get 550; mend that, or name another one; only ,read-only may"
                            + " stand behind it" + (fenced ? RESTART : ""),
                    names);
            return;
        }
        lookAtHomes(whose, folder, names);
        if (PathRisks.areKnown()) {
            PathRisks.above(real(folder.written()))
                    .forEach(why -> add(
                            literal(why) + ", who can put another directory in the place of " + literal(root)
                                    + ", a folder of %s",
                            names));
        }
    }

    private void lookAtHomes(String whose, Root folder, NavigableSet<String> names) {
        Path directory = real(folder.written());
        for (Path above = directory.getParent(); above != null; above = above.getParent()) {
            NavigableSet<String> around = homes.get(key(above));
            if (around != null) {
                addOfOthers(
                        whose + "is within the home of ",
                        around,
                        ", who can put another directory in its place if they may write",
                        names);
            }
        }
        if (!folder.readOnly()) {
            String key = key(directory);
            String behind = key.substring(0, key.length() - 1) + (char) ('/' + 1);
            NavigableSet<String> owners = new TreeSet<>();
            homes.subMap(key, false, behind, false).values().forEach(owners::addAll);
            addOfOthers(
                    whose + "has the home of ",
                    owners,
                    " in it: there they can put another directory in its place if they may write",
                    names);
        }
    }

    /** An account is not warned of itself. */
    private void addOfOthers(String before, NavigableSet<String> owners, String behind, NavigableSet<String> names) {
        NavigableSet<String> others = names.size() == 1 ? without(owners, names) : owners;
        NavigableSet<String> warned = owners.size() == 1 ? without(names, owners) : names;
        if (!others.isEmpty() && !warned.isEmpty()) {
            add(before + literal(HomeWarnings.told(others)) + behind, warned);
        }
    }

    private static NavigableSet<String> without(NavigableSet<String> names, NavigableSet<String> one) {
        NavigableSet<String> rest = new TreeSet<>(names);
        rest.remove(one.first());
        return rest;
    }

    private void add(String why, Account account) {
        found.computeIfAbsent(why, unseen -> new TreeSet<>()).add(account.getName());
    }

    private void add(String why, NavigableSet<String> names) {
        found.computeIfAbsent(why, unseen -> new TreeSet<>()).addAll(names);
    }

    /** The accounts' names are put into the text last. */
    private static String literal(Object text) {
        return text.toString().replace("%", "%%");
    }
}
