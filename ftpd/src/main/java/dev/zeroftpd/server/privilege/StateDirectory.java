package dev.zeroftpd.server.privilege;

import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.LinuxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the directories of the server's state and control socket while the process may, for the user that it becomes. Stateless. */
final class StateDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

    private StateDirectory() {}

    /** Leaves one that is there as it is; one that can't be made is said where it is needed. */
    static void make(Path directory) {
        Path parent = directory.toAbsolutePath().getParent();
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) || parent == null) {
            return;
        }
        try {
            Files.createDirectories(parent);
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            LOG.debug("{} can't be made", directory, e);
        }
    }

    /** The same for another user. */
    static void makeFor(Path directory, int user, int group) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        make(directory);
        // what is opened is given away, not what may have got its name meanwhile
        long opened = LinuxFiles.open(directory.toString(), LinuxFiles.O_DIRECTORY | LinuxFiles.O_NOFOLLOW);
        if (opened < 0) {
            LOG.debug("{} can't be opened to be given away: error number {}", directory, -opened);
            return;
        }
        try (Descriptor made = new Descriptor((int) opened)) {
            long result = LinuxFiles.setOwner(made, user, group);
            if (result < 0) {
                LOG.debug("{} can't be given away: error number {}", directory, -result);
            }
        }
    }
}
