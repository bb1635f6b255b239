package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Extended attributes of open files ({@code xattr(7)}), access control lists among them. Stateless; any thread. */
public final class ExtendedAttributes {

    /** {@code XATTR_LIST_MAX} and {@code XATTR_SIZE_MAX}. */
    private static final int MOST_BYTES = 64 * 1024;

    private ExtendedAttributes() {}

    /** None where the file system has no such thing; empty if they can't be known. */
    public static Optional<List<String>> names(Descriptor file) {
        try (Arena arena = Arena.ofConfined()) {
            long path = LinuxFiles.name(arena, file.pathText());
            long bytes = SystemCall.LISTXATTR.call(arena, path, 0, 0, 0, 0);
            if (bytes == 0 || bytes == -ErrorNumber.EOPNOTSUPP) {
                return Optional.of(List.of());
            }
            MemorySegment list = arena.allocate(MOST_BYTES);
            bytes = SystemCall.LISTXATTR.call(arena, path, list.address(), MOST_BYTES, 0, 0);
            if (bytes < 0) {
                return Optional.empty();
            }
            String text = new String(list.asSlice(0, bytes).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
            return Optional.of(text.isEmpty() ? List.of() : Arrays.asList(text.split("\0")));
        }
    }

    /** Empty if it has none of that name, or it can't be read. */
    public static Optional<byte[]> value(Descriptor file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(MOST_BYTES);
            long bytes = SystemCall.GETXATTR.call(
                    arena,
                    LinuxFiles.name(arena, file.pathText()),
                    LinuxFiles.name(arena, name),
                    value.address(),
                    MOST_BYTES,
                    0);
            return bytes < 0
                    ? Optional.empty()
                    : Optional.of(value.asSlice(0, bytes).toArray(JAVA_BYTE));
        }
    }

    /** False if the file system or our rights don't allow it. */
    public static boolean set(Descriptor file, String name, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, value, JAVA_BYTE, 0, bytes.length);
            return SystemCall.SETXATTR.call(
                            arena,
                            LinuxFiles.name(arena, file.pathText()),
                            LinuxFiles.name(arena, name),
                            value.address(),
                            bytes.length,
                            0)
                    == 0;
        }
    }

    /** False if it is still there. */
    public static boolean remove(Descriptor file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.REMOVEXATTR.call(
                            arena, LinuxFiles.name(arena, file.pathText()), LinuxFiles.name(arena, name), 0, 0, 0)
                    == 0;
        }
    }
}
