package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalInt;

/** The machine's users and groups by name, wherever the C library finds them. Stateless; any thread. */
public final class UserDatabase {

    /** More than {@code sizeof} {@code struct passwd} and {@code struct group}. */
    private static final int STRUCT_BYTES = 256;

    /** A group with many members needs that much. */
    private static final int RECORD_BYTES = 64 * 1024;

    /** {@code pw_uid} and {@code gr_gid}: behind name and password, on every 64-bit Linux. */
    private static final long NUMBER = 16;

    /** {@code pw_gid}. */
    private static final long GROUP_OF_USER = 20;

    private UserDatabase() {}

    /**
     * A user.
     *
     * @param group the number of the group that it has by itself
     */
    public record User(String name, int number, int group) {}

    /** Empty if there is none of that name. */
    public static Optional<User> user(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            return look(arena, "getpwnam_r", name, struct)
                    ? Optional.of(new User(name, struct.get(JAVA_INT, NUMBER), struct.get(JAVA_INT, GROUP_OF_USER)))
                    : Optional.empty();
        }
    }

    /** The number of a group; empty if there is none of that name. */
    public static OptionalInt group(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            return look(arena, "getgrnam_r", name, struct)
                    ? OptionalInt.of(struct.get(JAVA_INT, NUMBER))
                    : OptionalInt.empty();
        }
    }

    private static boolean look(Arena arena, String function, String name, MemorySegment struct) {
        Linker linker = Linker.nativeLinker();
        MethodHandle lookup = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
        MemorySegment found = arena.allocate(ADDRESS);
        MemorySegment text = arena.allocate(RECORD_BYTES);
        try {
            int error = (int) lookup.invokeExact(arena.allocateFrom(name), struct, text, (long) RECORD_BYTES, found);
            return error == 0 && found.get(ADDRESS, 0).address() != 0;
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
