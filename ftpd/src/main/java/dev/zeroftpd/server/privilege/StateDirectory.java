package dev.zeroftpd.server.privilege;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the directory of the server's state while the process may, for the user that it becomes. Stateless. */
final class StateDirectory {

    private StateDirectory() {}

    /** Leaves one that is there as it is. */
    static void make(Path directory, int user, int group) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) || parent == null) {
            return;
        }
        Files.createDirectories(parent);
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(directory, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(directory, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    }
}
