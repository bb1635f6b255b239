package dev.zeroftpd.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the server's process may do once it serves. Immutable; any thread.
 *
 * @param user whom it becomes when its ports are bound; empty: it stays who it was started as
 * @param group its group then; empty: the user's own
 * @param sandboxPaths trees of files that it may open too, such as those that homes of later accounts will be in
 */
public record ProcessSettings(Optional<String> user, Optional<String> group, Sandbox sandbox, List<Path> sandboxPaths) {

    /** Takes a copy. */
    public ProcessSettings {
        sandboxPaths = List.copyOf(sandboxPaths);
    }

    /** Whether the kernel keeps it from files and system calls that it doesn't need. */
    public enum Sandbox {
        /** As far as this system can. */
        AUTO,
        /** Without it, it doesn't start. */
        REQUIRED,
        OFF
    }
}
