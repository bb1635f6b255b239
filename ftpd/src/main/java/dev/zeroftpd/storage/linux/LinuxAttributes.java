package dev.zeroftpd.storage.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.storage.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies everything but the bytes from one file to another: owner and group, permissions, access control list and
 * extended attributes, in this order, because a new owner clears permission bits and the list changes some of them.
 * Stateless; any thread.
 *
 * <p>Privileges are never passed on: setuid, setgid and {@code security.capability} were given to the old bytes.
 */
public final class LinuxAttributes {

    private static final String ACCESS_LIST = "system.posix_acl_access";

    /** A privilege, and two that are made of the old bytes. */
    private static final Set<String> NOT_INHERITED = Set.of("security.capability", "security.ima", "security.evm");

    /** Others of {@code system.} are another view of what is copied anyway, or belong to the file system. */
    private static final Set<String> INHERITED_OF_SYSTEM = Set.of(ACCESS_LIST, "system.nfs4_acl");

    /** {@code XATTR_LIST_MAX} and {@code XATTR_SIZE_MAX}. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int PERMISSIONS = 0777;

    private LinuxAttributes() {}

    /** False if {@code heir} can't have all of them. */
    static boolean copy(Descriptor from, Descriptor heir) {
        return LinuxFiles.status(from) instanceof LinuxFiles.Status.Known(FileStatus wanted)
                && LinuxFiles.status(heir) instanceof LinuxFiles.Status.Known(FileStatus has)
                && copyOwner(wanted, has, heir)
                && LinuxFiles.setPermissions(heir, wanted.typeAndMode() & PERMISSIONS) == 0
                && copyExtended(from, heir);
    }

    private static boolean copyOwner(FileStatus wanted, FileStatus has, Descriptor heir) {
        if (wanted.user() == has.user() && wanted.group() == has.group()) {
            return true;
        }
        return setOwner(heir, wanted.user(), wanted.group());
    }

    /** @param user -1 to leave it as it is */
    static boolean setOwner(Descriptor file, int user, int group) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FCHOWNAT.call(
                            arena,
                            LinuxFiles.AT_FDCWD,
                            LinuxFiles.name(arena, file.pathText()),
                            user & 0xffffffffL,
                            group & 0xffffffffL,
                            0)
                    == 0;
        }
    }

    private static boolean copyExtended(Descriptor from, Descriptor heir) {
        Optional<List<String>> wanted = names(from);
        Optional<List<String>> has = names(heir);
        if (wanted.isEmpty() || has.isEmpty()) {
            return false;
        }
        boolean complete = true;
        if (has.get().contains(ACCESS_LIST) && !wanted.get().contains(ACCESS_LIST)) {
            complete = remove(heir, ACCESS_LIST); // a default of the directory's, which the old file doesn't have
        }
        for (String name : inOrder(wanted.get())) {
            complete = complete && copy(from, heir, name);
        }
        return complete;
    }

    private static List<String> inOrder(List<String> names) {
        List<String> ordered = new ArrayList<>();
        if (names.contains(ACCESS_LIST)) {
            ordered.add(ACCESS_LIST);
        }
        for (String name : names) {
            boolean inherited =
                    name.startsWith("system.") ? INHERITED_OF_SYSTEM.contains(name) : !NOT_INHERITED.contains(name);
            if (inherited && !name.equals(ACCESS_LIST)) {
                ordered.add(name);
            }
        }
        return ordered;
    }

    /** Skips attributes that are equal already: we may not be allowed to set them, such as a label from the kernel. */
    private static boolean copy(Descriptor from, Descriptor heir, String name) {
        Optional<byte[]> value = value(from, name);
        if (value.isEmpty()) {
            return false;
        }
        boolean same =
                value(heir, name).filter(had -> Arrays.equals(had, value.get())).isPresent();
        return same || set(heir, name, value.get());
    }

    /** None where the file system has no such thing; empty if they can't be known. */
    public static Optional<List<String>> names(Descriptor file) {
        try (Arena arena = Arena.ofConfined()) {
            long path = LinuxFiles.name(arena, file.pathText());
            long bytes = SystemCall.LISTXATTR.call(arena, path, 0, 0, 0, 0);
            if (bytes == 0 || bytes == -Errno.EOPNOTSUPP) {
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

    private static boolean remove(Descriptor file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.REMOVEXATTR.call(
                            arena, LinuxFiles.name(arena, file.pathText()), LinuxFiles.name(arena, name), 0, 0, 0)
                    == 0;
        }
    }
}
