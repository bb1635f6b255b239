package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The user and the group that this process runs as, as the kernel sees it when it looks at a file's owner. Stateless; any thread. */
public final class ProcessUser {

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
