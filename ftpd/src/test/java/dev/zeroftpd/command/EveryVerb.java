package dev.zeroftpd.command;

import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.transfer.LimitsByAccount;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import java.io.IOException;
import java.util.Optional;

/** The table of verbs as a server of ours has it, to be read: what its commands need has ended. Stateless; any thread. */
public final class EveryVerb {

    private EveryVerb() {}

    /** All rows. */
    public static Verbs table() throws IOException {
        try (TransferEngine engine = TransferEngine.start();
                LoginThreads logins = new LoginThreads()) {
            TransferParts parts = new TransferParts(
                    engine,
                    new LimitsByAccount(
                            new Bandwidth(0, 0), name -> Optional.empty(), TestSettings.DEFAULTS.transfer()),
                    false,
                    WithoutQuit.NEW,
                    Optional.empty());
            return Commands.all(parts, engine, logins, new WorkThreads());
        }
    }
}
