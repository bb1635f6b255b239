package dev.zeroftpd.storage.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * {@code LinuxAttributes} for any file system provider, as far as it has views of them: owner, group and permissions, the
 * access control list and attributes of users. Stateless; any thread.
 */
final class ProviderInheritance {

    private ProviderInheritance() {}

    /** False if {@code heir} can't have all of them. */
    static boolean copy(Path from, Path heir) {
        try {
            copyOwner(from, heir);
            copyAccessList(from, heir);
            copyAttributes(from, heir);
            return true;
        } catch (IOException | UnsupportedOperationException refused) {
            return false;
        }
    }

    private static void copyOwner(Path from, Path heir) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(heir, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes wanted = source.readAttributes();
        PosixFileAttributes has = target.readAttributes();
        if (!wanted.owner().equals(has.owner())) {
            target.setOwner(wanted.owner());
        }
        if (!wanted.group().equals(has.group())) {
            target.setGroup(wanted.group());
        }
        if (!wanted.permissions().equals(has.permissions())) {
            target.setPermissions(wanted.permissions());
        }
    }

    private static void copyAccessList(Path from, Path heir) throws IOException {
        AclFileAttributeView source = Files.getFileAttributeView(from, AclFileAttributeView.class);
        AclFileAttributeView target = Files.getFileAttributeView(heir, AclFileAttributeView.class);
        if (source != null && target != null && !source.getAcl().equals(target.getAcl())) {
            target.setAcl(source.getAcl());
        }
    }

    /** A provider that knows no stores has no such attributes either. */
    private static boolean hasAttributes(Path file) throws IOException {
        try {
            @Nullable FileStore store = Files.getFileStore(file); // null from some, although that isn't foreseen
            return store != null && store.supportsFileAttributeView(UserDefinedFileAttributeView.class);
        } catch (UnsupportedOperationException noStores) {
            return false;
        }
    }

    private static void copyAttributes(Path from, Path heir) throws IOException {
        boolean known = hasAttributes(from);
        UserDefinedFileAttributeView source = Files.getFileAttributeView(from, UserDefinedFileAttributeView.class);
        UserDefinedFileAttributeView target = Files.getFileAttributeView(heir, UserDefinedFileAttributeView.class);
        if (!known || source == null || target == null) {
            return;
        }
        for (String name : source.list()) {
            ByteBuffer value = ByteBuffer.allocate(source.size(name));
            source.read(name, value);
            target.write(name, value.flip());
        }
    }
}
