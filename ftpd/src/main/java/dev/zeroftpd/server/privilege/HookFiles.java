package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.ProcessGroup;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.os.UserDatabase;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which programs of hooks must not be started, and which plugins not be loaded, because somebody else than the operator may decide what they are, or because
 * root would run them. One thread.
 */
public final class HookFiles {

    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int STICKY = 01000;
    private static final int EXECUTABLE = 0111;

    private static final String OWNERS =
            "give it to root or to the server's user, and let no other write it (chmod go-w)";

    private static final String QUARANTINE = "hook.quarantine";

    private static final String SOURCE = "users.source";

    private final Settings settings;
    private final Collection<Account> accounts;
    private final OptionalInt user;
    private final List<Problem> problems = new ArrayList<>();

    /** Where accounts get to; looked up once, for each may be on another machine. */
    private @Nullable List<Path> homes;

    private HookFiles(Settings settings, Collection<Account> accounts, OptionalInt user) {
        this.settings = settings;
        this.accounts = accounts;
        this.user = user;
    }

    /**
     * Lets only settings pass whose programs this process may start as the user that it is now. A server in a process with other
     * work never becomes another, whatever {@code process.user} says.
     *
     * @throws ConfigException with everything that a start must refuse
     */
    public static void require(LoadedSettings loaded, Accounts accounts) throws ConfigException {
        requireNone(loaded, problems(loaded.settings(), accounts, ProcessUser::number));
    }

    /**
     * The same before the process has become {@code process.user}.
     *
     * @throws ConfigException with everything that its start will refuse
     */
    public static void requireOnceServing(LoadedSettings loaded, Accounts accounts) throws ConfigException {
        requireNone(loaded, problems(loaded.settings(), accounts));
    }

    private static void requireNone(LoadedSettings loaded, List<Problem> found) throws ConfigException {
        if (!found.isEmpty()) {
            throw loaded.located(new ConfigException(found));
        }
    }

    /** What a start would refuse; each names its setting. */
    static List<Problem> problems(Settings settings, Accounts accounts) {
        return problems(settings, accounts, () -> userToBe(settings));
    }

    private static List<Problem> problems(Settings settings, Accounts accounts, Supplier<OptionalInt> user) {
        if (settings.hooks().isEmpty()
                && programs(settings).isEmpty()
                && jars(settings).isEmpty()) {
            return List.of(); // finding out who a user is costs 10 ms
        }
        HookFiles looked = new HookFiles(settings, accounts.all(), user.get());
        looked.look();
        return List.copyOf(looked.problems);
    }

    /** What lies where one of these accounts gets to; for a running server, which was started with others. */
    static List<Problem> inHomes(Settings settings, Collection<Account> accounts) {
        HookFiles looked = new HookFiles(settings, accounts, OptionalInt.empty());
        programs(settings).forEach((key, program) -> looked.lookForHome(key, program, real(program)));
        settings.hooks().quarantine().ifPresent(place -> looked.lookForHome(QUARANTINE, place, real(place)));
        return looked.problems;
    }

    /** Every program that the server may start, by the key that names it. */
    static SortedMap<String, Path> programs(Settings settings) {
        SortedMap<String, Path> programs = new TreeMap<>(settings.hooks().programs());
        settings.users().check().program().ifPresent(program -> programs.put("users.check", program));
        return programs;
    }

    /** The jars that know passwords of clients; empty where the settings name no plugin. */
    private static List<Path> jars(Settings settings) {
        return settings.users().source().isPresent() ? PluginJars.ofProcess().files() : List.of();
    }

    /** Whom a server serves as that this process exists for. */
    private static OptionalInt userToBe(Settings settings) {
        Optional<String> name = settings.process().user();
        if (name.isPresent() && SystemCall.isSupported()) {
            Optional<UserDatabase.User> found = UserDatabase.user(name.get());
            return found.isPresent() ? OptionalInt.of(found.get().number()) : OptionalInt.empty();
        }
        return ProcessUser.number();
    }

    private void look() {
        programs(settings).forEach((key, program) -> {
            if (user.isPresent() && user.getAsInt() == 0) {
                add(
                        key,
                        program + " would be run by root",
                        "set process.user to the user that the server is to become, or start its process as that user"
                                + " where it has other work too");
            } else if (ProcessGroup.starter().isEmpty()) {
                add(key, "this machine has no setsid, by which programs are started", "install util-linux");
            } else {
                lookAt(key, program);
            }
        });
        settings.hooks().quarantine().ifPresent(this::lookAtQuarantine);
        jars(settings).forEach(this::lookAtJar);
    }

    private void lookAtJar(Path jar) {
        try {
            lookAtWays(SOURCE, jar, jar.toRealPath());
        } catch (IOException e) {
            add(SOURCE, jar + " can't be looked at: " + FailureReason.of(e), "put the jar of the plugin there");
        }
    }

    private void lookAt(String key, Path program) {
        try {
            Path real = program.toRealPath();
            if (!Files.isRegularFile(real) || (mode(real) & EXECUTABLE) == 0) {
                add(key, program + " is not a program that can be run", "name a file that is executable (chmod +x)");
                return;
            }
            lookAtWays(key, program, real);
        } catch (IOException e) {
            add(key, program + " can't be looked at: " + FailureReason.of(e), "name a program that is there");
        }
    }

    /** A user who may change a directory on the way may change the file. */
    private void lookAtWays(String key, Path file, Path real) throws IOException {
        for (Path way : ways(file)) {
            Optional<String> risk = risk(way);
            if (risk.isPresent()) {
                add(key, file + ": " + risk.get(), OWNERS);
                return;
            }
        }
        lookForHome(key, file, real);
    }

    private void lookForHome(String key, Path file, Path real) {
        home(real)
                .ifPresent(home -> add(
                        key,
                        file + " lies in " + home + ", the home or a folder of an account",
                        "move it where no client gets to"));
    }

    /** Each path on the way to the file: links may lead to links, and who may change one of them decides. */
    private static Set<Path> ways(Path program) throws IOException {
        Set<Path> ways = new LinkedHashSet<>();
        Optional<Path> next = Optional.of(program);
        while (next.isPresent() && ways.add(next.get())) {
            next = throughFirstLink(next.get());
        }
        return ways;
    }

    /** Empty if there is no link in it. */
    private static Optional<Path> throughFirstLink(Path path) throws IOException {
        for (int i = 1; i <= path.getNameCount(); i++) {
            Path part = Path.of("/").resolve(path.subpath(0, i));
            if (Files.isSymbolicLink(part)) {
                Path target = part.resolveSibling(Files.readSymbolicLink(part)).toRealPath(LinkOption.NOFOLLOW_LINKS);
                return Optional.of(
                        i == path.getNameCount() ? target : target.resolve(path.subpath(i, path.getNameCount())));
            }
        }
        return Optional.empty();
    }

    private void lookAtQuarantine(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                add(QUARANTINE, directory + " is no directory", "name a directory");
            }
            lookForHome(QUARANTINE, directory, real);
        } catch (IOException e) {
            add(
                    QUARANTINE,
                    directory + " can't be looked at: " + FailureReason.of(e),
                    "make the directory, and let the server's user write it");
        }
    }

    /** Who else decides what the path leads to; empty if there is no such person. */
    private Optional<String> risk(Path path) throws IOException {
        if (!isTrusted(path)) {
            return Optional.of(path + " belongs to " + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
        }
        if ((mode(path) & WRITABLE_BY_OTHERS) != 0) {
            return Optional.of(path + " may be written to by others");
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (!isTrusted(above)) {
                return Optional.of(above + " belongs to " + Files.getOwner(above, LinkOption.NOFOLLOW_LINKS));
            }
            int mode = mode(above);
            if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
                return Optional.of(above + " may be written to by others");
            }
        }
        return Optional.empty();
    }

    /** In a sticky directory, such as /tmp, only the owner moves a file. */
    private boolean isTrusted(Path path) throws IOException {
        int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return owner == 0 || (user.isPresent() && user.getAsInt() == owner);
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }

    private Optional<Path> home(Path file) {
        @Nullable List<Path> found = homes;
        if (found == null) {
            found = accounts.stream()
                    .flatMap(FencedHomes::roots)
                    .filter(root -> HomeUri.scheme(root).isEmpty())
                    .map(root -> real(Path.of(root)))
                    .toList();
            homes = found;
        }
        return found.stream().filter(file::startsWith).findFirst();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    private void add(String key, String what, String remedy) {
        problems.add(new Problem(key, what, remedy));
    }
}
