package dev.zeroftpd.storage.linux;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ExtendedAttributes;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
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
final class LinuxAttributes {

    private static final String ACCESS_LIST = "system.posix_acl_access";

    /** A privilege, and two that are made of the old bytes. */
    private static final Set<String> NOT_INHERITED = Set.of("security.capability", "security.ima", "security.evm");

    /** Others of {@code system.} are another view of what is copied anyway, or belong to the file system. */
    private static final Set<String> INHERITED_OF_SYSTEM = Set.of(ACCESS_LIST, "system.nfs4_acl");

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
        return LinuxFiles.setOwner(file, user, group) == 0;
    }

    private static boolean copyExtended(Descriptor from, Descriptor heir) {
        Optional<List<String>> wanted = ExtendedAttributes.names(from);
        Optional<List<String>> has = ExtendedAttributes.names(heir);
        if (wanted.isEmpty() || has.isEmpty()) {
            return false;
        }
        boolean complete = true;
        if (has.get().contains(ACCESS_LIST) && !wanted.get().contains(ACCESS_LIST)) {
            complete = ExtendedAttributes.remove(
                    heir, ACCESS_LIST); // a default of the directory's, which the old file doesn't have
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
        Optional<byte[]> value = ExtendedAttributes.value(from, name);
        if (value.isEmpty()) {
            return false;
        }
        boolean same = ExtendedAttributes.value(heir, name)
                .filter(had -> Arrays.equals(had, value.get()))
                .isPresent();
        return same || ExtendedAttributes.set(heir, name, value.get());
    }
}
