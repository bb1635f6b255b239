package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.SettingTexts;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what each reading of the configuration has changed. Any thread. */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final Events events;
    private final SettingTexts atStart;
    private SettingTexts last;

    Reloads(Events events, SettingTexts atStart) {
        this.events = events;
        this.atStart = atStart;
        this.last = atStart;
    }

    /** The settings have been applied, as far as a running server can. */
    synchronized void applied(LoadedSettings loaded) {
        List<SettingTexts.Change> changes = last.changesTo(loaded.texts());
        last = loaded.texts();
        events.publish(
                EventKind.RELOAD,
                "Configuration reloaded; " + (changes.isEmpty() ? "nothing changed" : "changed: " + list(changes)));
        List<SettingTexts.Change> waiting = RestartNeeds.among(atStart.changesTo(loaded.texts()));
        if (!waiting.isEmpty()) {
            LOG.warn("Takes effect when the server is restarted: {}", list(waiting));
        }
    }

    /** It is wrong, so everything stays as it was. */
    void refused(ConfigException why) {
        why.problems().forEach(problem -> LOG.error("{}", problem));
        events.publish(
                EventKind.RELOAD,
                Event.Client.NONE,
                Event.Deed.NONE,
                new Ending.Refused(
                        "configuration",
                        "The configuration stays as it was: " + why.problems().getFirst()));
    }

    private static String list(List<SettingTexts.Change> changes) {
        return changes.stream().map(SettingTexts.Change::toString).collect(Collectors.joining(", "));
    }
}
