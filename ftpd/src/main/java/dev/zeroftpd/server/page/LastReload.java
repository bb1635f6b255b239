package dev.zeroftpd.server.page;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of the last reload, which only its event says. Any thread. */
final class LastReload implements EventWriter {

    private volatile @Nullable Map<String, @Nullable Object> fields;

    @Override
    public boolean wants(EventKind kind) {
        return kind == EventKind.RELOAD;
    }

    @Override
    public void write(Event event) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("time", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
        told.put("ok", !(event.ending() instanceof Ending.Refused));
        told.put("text", event.ending().detail());
        fields = told;
    }

    /** Its time, success and text; null if there was none. */
    @Nullable
    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
