package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes directories that only the server's own user may look into. Stateless; any thread. */
public final class OwnDirectory {

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnDirectory() {}

    /** Makes it, and those above it that are missing; one that is there stays as it is. */
    public static void make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) == null) {
            Files.createDirectories(directory); // no such modes here
        } else {
            Files.createDirectories(directory, OWNERS_ALONE);
        }
    }
}
