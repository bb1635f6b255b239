package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.event.Event;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The fields of one event for encoders, made when the first of them asks: lines of text need none, and there are a dozen for each
 * transfer. Any thread.
 */
final class EventFields extends AbstractList<KeyValuePair> {

    /** More than any event has. */
    private static final int MOST = 16;

    private final Event event;
    private final long leftOut;
    private volatile @Nullable List<KeyValuePair> made;

    /** @param leftOut how many like it were left out before it */
    EventFields(Event event, long leftOut) {
        this.event = event;
        this.leftOut = leftOut;
    }

    /** Whether an encoder has asked. */
    boolean areMade() {
        return made != null;
    }

    @Override
    public KeyValuePair get(int index) {
        return made().get(index);
    }

    @Override
    public int size() {
        return made().size();
    }

    /** Two that ask at once make them twice, which does no harm. */
    private List<KeyValuePair> made() {
        @Nullable List<KeyValuePair> known = made;
        if (known != null) {
            return known;
        }
        List<KeyValuePair> fields = new ArrayList<>(MOST);
        event.fields((name, value) -> fields.add(new KeyValuePair(name, value)));
        if (leftOut > 0) {
            fields.add(new KeyValuePair("left_out", leftOut));
        }
        made = fields;
        return fields;
    }
}
