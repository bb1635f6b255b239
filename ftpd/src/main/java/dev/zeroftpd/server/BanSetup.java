package dev.zeroftpd.server;

import dev.zeroftpd.config.BanSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.control.ban.BanFile;
import dev.zeroftpd.control.ban.BanRules;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.ops.event.Events;

/** Makes what keeps guessers out, as the settings have it. Stateless; any thread. */
final class BanSetup {

    private BanSetup() {}

    /** Bans may be switched on while the server runs. */
    static Bans bans(Settings settings, Events events) {
        BanFile file = new BanFile(settings.stateDirectory());
        if (settings.bans().enabled()) {
            file.warnIfReadOnly();
        }
        return Bans.kept(rules(settings.bans()), file, events);
    }

    static BanRules rules(BanSettings settings) {
        return new BanRules(
                settings.failures().count(),
                settings.failures().within(),
                settings.time(),
                settings.longest(),
                settings::allows,
                settings.names());
    }
}
