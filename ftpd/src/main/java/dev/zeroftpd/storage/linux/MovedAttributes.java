package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ExtendedAttributes;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import java.util.List;

/**
 * Gives a copy of a file, on its way to another file system, the owner, group, permissions, access control list and
 * extended attributes of the original. Stateless; any thread.
 *
 * <p>What the server's process may not set, or the copy's file system doesn't have, stays as it is. What would let the
 * copy run with other rights is never taken over: set-user-ID, set-group-ID, capabilities.
 */
final class MovedAttributes {

    private static final int PERMISSIONS = 0777;

    private MovedAttributes() {}

    /** In this order, because a change of the owner takes permissions away, and an access control list changes them. */
    static void copy(Descriptor from, FileStatus status, Descriptor to) {
        // a member of the group may give it the group even where only root may give it the owner
        if (!LinuxAttributes.setOwner(to, status.user(), status.group())) {
            LinuxAttributes.setOwner(to, -1, status.group());
        }
        LinuxFiles.setPermissions(to, status.typeAndMode() & PERMISSIONS);
        for (String name : ExtendedAttributes.names(from).orElse(List.of())) {
            if (!name.startsWith("security.") && !name.startsWith("trusted.")) {
                ExtendedAttributes.value(from, name).ifPresent(value -> ExtendedAttributes.set(to, name, value));
            }
        }
    }
}
