package dev.zeroftpd.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/** The machine's users and groups by name, wherever the C library finds them. Stateless; any thread. */
public final class UserDatabase {

    /** More than {@code sizeof} {@code struct passwd} and {@code struct group}. */
    private static final int STRUCT_BYTES = 256;

    /** A group with many members needs that much. */
    private static final int RECORD_BYTES = 64 * 1024;

    /** {@code pw_uid} and {@code gr_gid}: behind name and password, on every 64-bit Linux. */
    private static final int NUMBER = 16;

    /** {@code pw_gid}. */
    private static final int GROUP_OF_USER = 20;

    private UserDatabase() {}

    /**
     * A user.
     *
     * @param group the number of the group that it has by itself
     */
    public record User(String name, int number, int group) {}

    /** Empty if there is none of that name. */
    public static Optional<User> user(String name) {
        return look("getpwnam_r", name).map(found -> new User(name, found.getInt(NUMBER), found.getInt(GROUP_OF_USER)));
    }

    /** The number of a group; empty if there is none of that name. */
    public static OptionalInt group(String name) {
        return look("getgrnam_r", name)
                .map(found -> OptionalInt.of(found.getInt(NUMBER)))
                .orElseGet(OptionalInt::empty);
    }

    /** The structure that the C library fills. */
    private static Optional<ByteBuffer> look(String function, String name) {
        MethodHandle lookup = SystemCall.link(function);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            MemorySegment text = arena.allocate(RECORD_BYTES);
            MemorySegment found = arena.allocate(Long.BYTES, Long.BYTES);
            long error = (long) lookup.invokeExact(
                    SystemCall.captured(arena),
                    arena.allocateFrom(name).address(),
                    struct.address(),
                    text.address(),
                    (long) RECORD_BYTES,
                    found.address(),
                    0L);
            return (int) error == 0 && bytes(found).getLong(0) != 0 ? Optional.of(copy(struct)) : Optional.empty();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static ByteBuffer copy(MemorySegment struct) {
        return ByteBuffer.wrap(struct.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer bytes(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
