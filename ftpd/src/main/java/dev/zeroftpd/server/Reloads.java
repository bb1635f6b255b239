package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingTexts;
import dev.zeroftpd.operator.Reloaded;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration again, and tells what each reading has changed. Any thread, one at a time. */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final ServerParts parts;
    private final Onlooker onlooker;
    private final SettingTexts atStart;
    private SettingTexts last;
    private FtpDaemon.Configuration source = Reloads::none;

    Reloads(ServerParts parts, Onlooker onlooker, SettingTexts atStart) {
        this.parts = parts;
        this.onlooker = onlooker;
        this.atStart = atStart;
        this.last = atStart;
    }

    private static LoadedSettings none() throws ConfigException {
        throw new ConfigException(new Problem("configuration", "the server was started without one", "start it anew"));
    }

    synchronized void from(FtpDaemon.Configuration configuration) {
        source = configuration;
    }

    /** @throws ConfigException if it is wrong: everything stays as it was, which is logged */
    synchronized Reloaded reload() throws ConfigException {
        try {
            LoadedSettings loaded = source.read();
            loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
            List<String> kept = new ArrayList<>(parts.reload(loaded.settings()));
            onlooker.reload(loaded).ifPresent(kept::add);
            return applied(loaded, kept);
        } catch (ConfigException wrong) {
            refused(wrong);
            throw wrong;
        }
    }

    /** The settings have been applied, as far as a running server can. */
    private Reloaded applied(LoadedSettings loaded, List<String> kept) {
        List<SettingTexts.Change> changes = last.changesTo(loaded.texts());
        last = loaded.texts();
        tell(
                kept,
                "Configuration reloaded; "
                        + (changes.isEmpty() ? "nothing changed" : "changed: " + String.join(", ", texts(changes))));
        List<String> waiting = texts(RestartNeeds.among(atStart.changesTo(loaded.texts())));
        if (!waiting.isEmpty()) {
            LOG.warn("Takes effect when the server is restarted: {}", String.join(", ", waiting));
        }
        return new Reloaded(texts(RestartNeeds.notAmong(changes)), waiting, kept, parts.accounts());
    }

    private void tell(List<String> kept, String done) {
        Ending ending = kept.isEmpty()
                ? new Ending.Done(done)
                : new Ending.Refused("part", done + "; but " + String.join("; ", kept));
        parts.events().publish(EventKind.RELOAD, Event.Client.NONE, Event.Deed.NONE, ending);
    }

    private void refused(ConfigException why) {
        why.problems().forEach(problem -> LOG.error("{}", problem));
        parts.events()
                .publish(
                        EventKind.RELOAD,
                        Event.Client.NONE,
                        Event.Deed.NONE,
                        new Ending.Refused(
                                "configuration",
                                "The configuration stays as it was: "
                                        + why.problems().getFirst()));
    }

    private static List<String> texts(List<SettingTexts.Change> changes) {
        return changes.stream().map(SettingTexts.Change::toString).toList();
    }
}
