package dev.zeroftpd.config;

import java.nio.file.Path;

/**
 * Where the accounts are. Immutable; any thread.
 *
 * @param file in Apache FtpServer's {@code users.properties} format
 * @param upgradeHashes whether a login replaces an old password hash in the file by a modern one
 */
public record UsersSettings(Path file, boolean upgradeHashes) {

    /** {@code users.properties} in the working directory, upgraded at login. */
    static UsersSettings defaults() {
        return new UsersSettings(Path.of("users.properties"), true);
    }
}
