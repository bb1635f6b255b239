package dev.zeroftpd.admin.metric;

import dev.zeroftpd.ops.event.EventWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that is counted for a server, and what is looked up at each scrape. Any thread. */
public final class Metrics {

    private final EventCounts events = new EventCounts();
    private final CommandCounts commands;

    /** @param verbs the names of the verbs that there are, by the keys that commands are looked up with */
    public Metrics(Map<String, String> verbs) {
        this.commands = new CommandCounts(verbs);
    }

    /** To be told of each event, on its thread. */
    public EventWriter events() {
        return events;
    }

    public CommandCounts commands() {
        return commands;
    }

    /**
     * The sums that people want to see first.
     *
     * @param running the transfers that have not ended; asked once
     */
    public Totals totals(Supplier<List<RunningBytes>> running) {
        return events.totals(running);
    }

    /**
     * Everything now.
     *
     * @param lookups writes what no counter knows
     * @param running the transfers that have not ended; asked once
     */
    public String text(Exposition.Format format, Consumer<Exposition> lookups, Supplier<List<RunningBytes>> running) {
        Exposition text = new Exposition(format);
        lookups.accept(text);
        events.write(text, running);
        commands.write(text);
        return text.end();
    }
}
