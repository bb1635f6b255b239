package dev.zeroftpd.config;

import java.util.Optional;

/**
 * What the server's process may do once it serves. Immutable; any thread.
 *
 * @param user whom it becomes when its ports are bound; empty: it stays who it was started as
 * @param group its group then; empty: the user's own
 */
public record ProcessSettings(Optional<String> user, Optional<String> group) {

    /** The user and group that it was started as. */
    public static ProcessSettings defaults() {
        return new ProcessSettings(Optional.empty(), Optional.empty());
    }
}
