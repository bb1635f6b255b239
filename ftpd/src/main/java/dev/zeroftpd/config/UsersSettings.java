package dev.zeroftpd.config;

import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.plugin.SourceChoice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the accounts are. Immutable; any thread.
 *
 * @param file in Apache FtpServer's {@code users.properties} format
 * @param upgradeHashes whether a login replaces an old password hash in the file by a modern one
 * @param source the plugin that knows the accounts that the file doesn't; empty: none does
 * @param check the operator's program or server that is asked about them instead of a plugin
 */
public record UsersSettings(Path file, boolean upgradeHashes, Optional<SourceChoice> source, CheckSettings check) {

    /** Whether there may be accounts that the file doesn't have. */
    public boolean asksElsewhere() {
        return source.isPresent() || check.target().isPresent();
    }
}
