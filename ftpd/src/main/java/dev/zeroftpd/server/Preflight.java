package dev.zeroftpd.server;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.server.hook.CheckParts;
import dev.zeroftpd.server.hook.HookParts;
import dev.zeroftpd.server.privilege.HookFiles;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.source.GuardedSource;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries what a start would do, without starting: for {@code ftpd check}. One thread; opens sockets only in {@link #bind}. */
public final class Preflight {

    private Preflight() {}

    /**
     * Loads the certificate and its key as a start does, and allows for this process what they need.
     *
     * @return the server's certificates; none if the settings name none
     * @throws ConfigException if a start would refuse them
     */
    public static List<X509Certificate> certificates(Settings settings) throws ConfigException {
        if (!settings.tls().hasCertificate()) {
            return List.of();
        }
        OldTls.allow(settings.tls().offer());
        return TlsContexts.load(settings.tls()).certificates();
    }

    /** Listens as a start does, on all addresses at the same time, and stops listening at once. */
    public static List<Problem> bind(Settings settings) {
        return BoundPorts.problems(settings);
    }

    /** What a start would refuse of the token that guards metrics. */
    public static List<Problem> metricsToken(LoadedSettings loaded) {
        try {
            AdminPort.token(loaded);
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    /**
     * Loads the plugin for accounts from elsewhere, if the settings name one, as a start does; what {@code users.check} names is looked
     * at by {@link #hooks}.
     *
     * @param strict whether it is tried, too
     * @return what is wrong
     */
    public static List<Problem> accountSource(LoadedSettings loaded, boolean strict) {
        Optional<SourceChoice> choice = loaded.settings().users().source();
        if (choice.isEmpty()) {
            return List.of();
        }
        try (GuardedSource source = GuardedSource.open(choice.get())) {
            if (strict) {
                source.requireAnswering();
            }
            return List.of();
        } catch (ConfigException e) {
            return loaded.located(e).problems();
        }
    }

    /** What a start would refuse of hooks and the check of log-ins: programs that others may change, a secret that is none. */
    public static List<Problem> hooks(LoadedSettings loaded, Accounts accounts) {
        List<Problem> problems = new ArrayList<>();
        try {
            HookParts.secret(loaded);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        try {
            CheckParts.trust(loaded);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        try {
            HookFiles.requireOnceServing(loaded, accounts);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }
}
