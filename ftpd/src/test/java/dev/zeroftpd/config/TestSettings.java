package dev.zeroftpd.config;

import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.SettingsLoader;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of a server of which nothing is configured, and parts of them. */
public final class TestSettings {

    public static final Settings DEFAULTS = SettingsLoader.defaults();

    private TestSettings() {}

    /** Accounts of the file alone. */
    public static UsersSettings users(Path file, boolean upgradeHashes) {
        return users(file, upgradeHashes, Optional.empty());
    }

    public static UsersSettings users(Path file, boolean upgradeHashes, Optional<SourceChoice> source) {
        return new UsersSettings(file, upgradeHashes, source, DEFAULTS.users().check());
    }
}
