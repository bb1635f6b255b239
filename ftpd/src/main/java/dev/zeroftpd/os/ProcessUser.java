package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The user and the group that this process runs as, as the kernel sees it when it looks at a file's owner. Stateless; any thread. */
public final class ProcessUser {

    /** They are root's on every system, but for a name space without root. */
    private static final List<Path> OF_ROOT = List.of(Path.of("/"), Path.of("/proc"));

    private ProcessUser() {}

    /** True if a file with that owner is ours; also if that can't be known. */
    public static boolean is(int owner) {
        OptionalInt effective = effective("Uid:");
        return effective.isEmpty() || effective.getAsInt() == owner;
    }

    /** True if a file of that group is our group's; also if that can't be known. */
    public static boolean isGroup(int group) {
        OptionalInt effective = effective("Gid:");
        return effective.isEmpty() || effective.getAsInt() == group;
    }

    /** True if nothing on this machine is forbidden to it by its user. */
    public static boolean isRoot() {
        OptionalInt effective = effective("Uid:");
        return effective.isPresent() && effective.getAsInt() == 0;
    }

    /** The number of this user; empty if that can't be known. */
    public static OptionalInt number() {
        return effective("Uid:");
    }

    /**
     * Root, as the owner of a file or the user of a process is told; empty where nothing here is root's. Not asked for by its name:
     * that may ask other machines, and wait for them.
     */
    public static Optional<UserPrincipal> root() {
        return OF_ROOT.stream().flatMap(path -> root(path).stream()).findFirst();
    }

    private static Optional<UserPrincipal> root(Path path) {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"))
                    ? Optional.of(Files.getOwner(path))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Opens what the kernel tells of this process, for as long as the process lives: procfs gives a directory another number once it
     * has forgotten it, which it doesn't while it is open. Empty where there is none.
     */
    public static Optional<Descriptor> openProcess() {
        long opened = LinuxFiles.open("/proc/self", LinuxFiles.O_PATH);
        return opened < 0 ? Optional.empty() : Optional.of(new Descriptor((int) opened));
    }

    /** The second of the four numbers; read each time, because it may change. */
    private static OptionalInt effective(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToInt(line -> Integer.parseUnsignedInt(line.split("\\s+", 4)[2]))
                    .findFirst();
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalInt.empty();
        }
    }
}
