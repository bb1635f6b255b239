package dev.zeroftpd.users.source;

import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.AccountSourceProvider;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** The plugins for accounts from elsewhere that are on the class path. Stateless; any thread. */
public final class InstalledSources {

    /** One that can't be loaded is passed over, but a class path has no more broken ones than this. */
    private static final int MOST_BROKEN = 100;

    private InstalledSources() {}

    /** What {@code users.source} can name. Makes an object of each plugin. */
    public static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        Iterator<AccountSourceProvider> providers = providers();
        List<String> broken = new ArrayList<>();
        for (Optional<AccountSourceProvider> next = next(providers, broken);
                next.isPresent();
                next = next(providers, broken)) {
            names.add(next.get().name());
        }
        return names;
    }

    /**
     * Makes the chosen source, which doesn't connect yet.
     *
     * @throws ConfigException if there is no such plugin, or what is wrong with its settings
     */
    static AccountSource open(SourceChoice choice) throws ConfigException {
        List<String> broken = new ArrayList<>();
        Iterator<AccountSourceProvider> providers = providers();
        for (Optional<AccountSourceProvider> next = next(providers, broken);
                next.isPresent();
                next = next(providers, broken)) {
            if (next.get().name().equals(choice.name())) {
                return open(next.get(), choice);
            }
        }
        SortedSet<String> others = names();
        throw new ConfigException(new Problem(
                "users.source",
                "users.source=" + choice.name() + ", but no plugin brings accounts from there"
                        + (others.isEmpty() ? "" : " (there is " + String.join(", ", others) + ")")
                        + (broken.isEmpty() ? "" : ", and this one can't be loaded: " + broken.getFirst()),
                PluginJars.ofProcess().remedyForSource(choice.name())));
    }

    private static AccountSource open(AccountSourceProvider provider, SourceChoice choice) throws ConfigException {
        try {
            return provider.open(new SourceSettings(choice.values(), choice.timeout()));
        } catch (InvalidSettingsException e) {
            throw new ConfigException(e.faults().stream()
                    .map(fault -> new Problem(choice.name() + "." + fault.key(), fault.what(), fault.remedy()))
                    .toList());
        } catch (RuntimeException | LinkageError e) {
            throw new ConfigException(new Problem(
                    "users.source",
                    "the plugin for users.source=" + choice.name() + " doesn't work: " + e,
                    "look whether all its jars are in " + PluginJars.ofProcess().folder() + ", and of one version"));
        }
    }

    private static Iterator<AccountSourceProvider> providers() {
        return ServiceLoader.load(AccountSourceProvider.class, InstalledSources.class.getClassLoader())
                .iterator();
    }

    /**
     * A plugin for another version of the server must not keep the others from being found.
     *
     * @param broken gets those passed over
     */
    private static Optional<AccountSourceProvider> next(
            Iterator<AccountSourceProvider> providers, List<String> broken) {
        while (broken.size() < MOST_BROKEN) {
            try {
                return providers.hasNext() ? Optional.of(providers.next()) : Optional.empty();
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(FailureReason.of(e));
            }
        }
        return Optional.empty();
    }
}
