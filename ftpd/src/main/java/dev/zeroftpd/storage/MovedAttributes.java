package dev.zeroftpd.storage;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives a copy of a file the owner, group, permissions, access control list and extended attributes of the original.
 * Stateless; any thread.
 *
 * <p>What the server's process may not set, or the copy's file system doesn't have, stays as it is. What would let the
 * copy run with other rights is never taken over: set-user-ID, set-group-ID, capabilities.
 */
final class MovedAttributes {

    private static final long AT_FDCWD = -100;

    /** XATTR_LIST_MAX and XATTR_SIZE_MAX: the kernel holds no longer ones. */
    private static final int LONGEST = 64 * 1024;

    private MovedAttributes() {}

    /** In this order, because a change of the owner takes permissions away, and an access control list changes them. */
    static void copy(Descriptor from, FileStatus status, Descriptor to) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = text(arena, from.pathText());
            MemorySegment target = text(arena, to.pathText());
            own(arena, target, status.user(), status.group());
            LinuxFiles.setPermissions(to, status.typeAndMode() & 0777);
            MemorySegment value = arena.allocate(LONGEST);
            for (String name : names(arena, source)) {
                if (!name.startsWith("security.") && !name.startsWith("trusted.")) {
                    MemorySegment attribute = text(arena, name);
                    long size = SystemCall.GETXATTR.call(
                            arena, source.address(), attribute.address(), value.address(), LONGEST, 0);
                    if (size >= 0) {
                        SystemCall.SETXATTR.call(
                                arena, target.address(), attribute.address(), value.address(), size, 0);
                    }
                }
            }
        }
    }

    /** A member of the group may give it the group even where only root may give it the owner. */
    private static void own(Arena arena, MemorySegment target, int user, int group) {
        if (SystemCall.FCHOWNAT.call(arena, AT_FDCWD, target.address(), user, group, 0) < 0) {
            SystemCall.FCHOWNAT.call(arena, AT_FDCWD, target.address(), -1, group, 0);
        }
    }

    private static List<String> names(Arena arena, MemorySegment file) {
        MemorySegment list = arena.allocate(LONGEST);
        long length = SystemCall.LISTXATTR.call(arena, file.address(), list.address(), LONGEST, 0, 0);
        if (length <= 0) {
            return List.of();
        }
        String names = new String(list.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        return List.of(names.substring(0, names.length() - 1).split("\0", -1));
    }

    private static MemorySegment text(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_8);
    }
}
