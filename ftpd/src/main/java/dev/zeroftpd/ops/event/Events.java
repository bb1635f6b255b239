package dev.zeroftpd.ops.event;

import dev.zeroftpd.ops.FewLines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes events, for a server as a whole, and hands each one to all writers that want it. Any thread. */
public final class Events implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 2);

    /** No writer wants to know. */
    public static final Events NONE = new Events(InstantSource.system());

    private final InstantSource clock;
    private final EventWriter[] writers;
    private final ObjIntConsumer<Runnable> lines;

    public Events(InstantSource clock, EventWriter... writers) {
        this.clock = clock;
        this.writers = List.of(writers).toArray(new EventWriter[0]);
        this.lines = (line, characters) -> line.run();
    }

    /** Those of which no thread waits for a writer. */
    public Events(InstantSource clock, EventQueue queue) {
        this.clock = clock;
        this.writers = new EventWriter[] {queue};
        this.lines = queue::put;
    }

    /**
     * The same, and more writers, which never wait.
     *
     * @param direct hear of all events from the threads on which they happen
     */
    public Events(InstantSource clock, EventQueue queue, List<EventWriter> direct) {
        this.clock = clock;
        this.writers = Stream.concat(Stream.of(queue), direct.stream()).toArray(EventWriter[]::new);
        this.lines = queue::put;
    }

    /** False if making such an event would be in vain. */
    public boolean wants(EventKind kind) {
        for (EventWriter writer : writers) {
            if (writer.wants(kind)) {
                return true;
            }
        }
        return false;
    }

    /** It has happened just now. */
    public void publish(EventKind kind, Event.Client client, Event.Deed deed, Ending ending) {
        if (wants(kind)) {
            Event event = new Event(Instant.ofEpochMilli(clock.millis()), kind, client, deed, ending);
            for (EventWriter writer : writers) {
                write(writer, event);
            }
        }
    }

    /** Has another line written to the log, behind the events before it, by a thread that may wait. */
    public void log(Runnable line) {
        log(line, 0);
    }

    /**
     * The same for a line that may be long.
     *
     * @param characters about how long it is, beyond what every line is
     */
    public void log(Runnable line, int characters) {
        lines.accept(line, characters);
    }

    /** Something that no client did. */
    public void publish(EventKind kind, String detail) {
        publish(kind, Event.Client.NONE, Event.Deed.NONE, new Ending.Done(detail));
    }

    /** Writes what has happened until now; it may wait for some seconds. */
    @Override
    public void close() {
        for (EventWriter writer : writers) {
            writer.close();
        }
    }

    /** What has happened stays so, whatever becomes of its record. */
    static void write(EventWriter writer, Event event) {
        try {
            if (writer.wants(event.kind())) {
                writer.write(event);
            }
        } catch (RuntimeException e) {
            FAULTS.write(
                    Level.ERROR, () -> "An event of the kind " + event.kind().word() + " was not written", e);
        }
    }
}
