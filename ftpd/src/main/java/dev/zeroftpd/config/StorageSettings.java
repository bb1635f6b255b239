package dev.zeroftpd.config;

/** How names become files. Immutable; any thread. */
public record StorageSettings(SymlinkPolicy symlinks) {

    /** Symbolic links inside the home. */
    public static StorageSettings defaults() {
        return new StorageSettings(SymlinkPolicy.INSIDE);
    }
}
