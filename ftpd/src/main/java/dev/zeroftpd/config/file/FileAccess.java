package dev.zeroftpd.config.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says why a file named in the configuration can't be read. Stateless; any thread. */
public final class FileAccess {

    private FileAccess() {}

    /** A clause such as "doesn't exist"; empty where the file can be read. */
    public static Optional<String> fault(Path file) {
        if (!Files.exists(file)) {
            return Optional.of("doesn't exist");
        }
        if (Files.isDirectory(file)) {
            return Optional.of("is a directory");
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of("can't be read by this user");
    }
}
