package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.ops.log.FileAppenders;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.VirtualFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what a server needs after its start and the user of this process may not do: files that are read again or
 * written, and homes. Stateless; any thread, once the process is that user.
 */
final class NeededAccess {

    /** More names than these are only counted. */
    private static final int NAMES_TOLD = 3;

    private NeededAccess() {}

    /** One line for each thing that will fail, with what to do. */
    static List<String> missing(Settings settings, Accounts accounts, String user) {
        List<String> lines = new ArrayList<>();
        settings.file()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> lines.add(file + " can't be read by " + user
                        + ": a reload (SIGHUP) will be refused; let it read the file"));
        settings.listeners().stream()
                .flatMap(ListenerSettings::files)
                .filter(file -> !Files.isReadable(file))
                .forEach(file -> lines.add(file + " can't be read by " + user
                        + ": a reload (SIGHUP) will be refused; let it read the file"));
        settings.tls()
                .files()
                .filter(file -> !Files.isReadable(file))
                .forEach(file -> lines.add(file + " can't be read by " + user
                        + ": it serves as it was at the start, and a renewed one is used at the next start only; let"
                        + " it read the file, also when that is renewed"));
        settings.admin()
                .metricsToken()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> lines.add(file + " can't be read by " + user
                        + ": the token for metrics stays as it was at the start; let it read the file"));
        users(settings, user).ifPresent(lines::add);
        FileAppenders.files().stream()
                .filter(file -> !isReplaceable(file))
                .forEach(file -> lines.add(file + " or its directory can't be written by " + user
                        + ": the log goes on in the open file, but can't be begun anew; let it write both"));
        lines.addAll(homes(accounts, user));
        return lines;
    }

    private static Optional<String> users(Settings settings, String user) {
        Path file = settings.users().file();
        if (!settings.users().upgradeHashes()) {
            return Optional.empty();
        }
        String loss = ": old password hashes won't be replaced by modern ones; ";
        String otherwise = ", or set users.upgrade-hashes=false";
        if (!isReplaceable(file)) {
            return Optional.of(
                    file + " or its directory can't be written by " + user + loss + "let it write both" + otherwise);
        }
        return isOwned(file)
                ? Optional.empty()
                : Optional.of(file + " isn't owned by " + user + ", which couldn't keep the owner of a replaced file"
                        + loss + "chown " + user + " " + file + otherwise);
    }

    /** The same for the directory of bans, which says so itself at a start, and is made by it if it isn't there. */
    static Optional<String> state(Settings settings, String user) {
        Path directory = settings.stateDirectory();
        return !settings.bans().enabled() || !Files.exists(directory) || isWritable(directory)
                ? Optional.empty()
                : Optional.of(directory + " can't be written by " + user
                        + ": bans will last until the next restart only; give it the directory (chown " + user + "), or"
                        + " set state.directory to one that it may write");
    }

    /** A file is replaced by another in its directory. */
    private static boolean isReplaceable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return Files.isWritable(file) && directory != null && isWritable(directory);
    }

    private static boolean isOwned(Path file) {
        try {
            return ProcessUser.is((int) Files.getAttribute(file, "unix:uid"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return true;
        }
    }

    private static boolean isWritable(Path directory) {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }

    private static List<String> homes(Accounts accounts, String user) {
        TreeMap<String, SortedSet<String>> wrong = new TreeMap<>();
        for (Account account : accounts.all()) {
            Optional<String> home = Optional.of(account.getHomeDirectory())
                    .filter(text -> HomeUri.scheme(text).isEmpty());
            if (account.getEnabled() && home.isPresent()) {
                fault(Path.of(home.get()), account)
                        .ifPresent(why ->
                                wrong.computeIfAbsent(why, _ -> new TreeSet<>()).add(account.getName()));
            }
        }
        List<String> lines = new ArrayList<>();
        wrong.forEach((why, names) -> lines.add(
                "The homes of " + told(names) + " can't be " + why + " by " + user + "; change their owner or mode"));
        lines.addAll(folders(accounts, user));
        return lines;
    }

    private static List<String> folders(Accounts accounts, String user) {
        TreeMap<String, SortedSet<String>> wrong = new TreeMap<>();
        for (Account account : accounts.all()) {
            for (VirtualFolder folder : account.folders()) {
                if (account.getEnabled() && HomeUri.scheme(folder.root()).isEmpty()) {
                    fault(folder, account)
                            .ifPresent(why -> wrong.computeIfAbsent(
                                            "The folder " + folder.root() + " can't be " + why + " by " + user,
                                            _ -> new TreeSet<>())
                                    .add(account.getName()));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        wrong.forEach((why, names) ->
                lines.add(why + ", where " + told(names) + " need it; create it, or change its owner or mode"));
        return lines;
    }

    private static Optional<String> fault(VirtualFolder folder, Account account) {
        Path root = Path.of(folder.root());
        if (!Files.isExecutable(root)) {
            return Optional.of("entered");
        }
        boolean writes = !folder.readOnly() && account.rights().changeAt(folder.at());
        return writes && !Files.isWritable(root) ? Optional.of("written") : Optional.empty();
    }

    private static Optional<String> fault(Path home, Account account) {
        if (!Files.isExecutable(home)) {
            return Optional.of("entered");
        }
        boolean writes = account.rights().changeAnything();
        return writes && !Files.isWritable(home) ? Optional.of("written") : Optional.empty();
    }

    private static String told(SortedSet<String> names) {
        List<String> first = names.stream().limit(NAMES_TOLD).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
