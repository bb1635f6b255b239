package dev.zeroftpd.admin.page.source;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.EventWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What only events say: why an address is banned, and what came of the last reload. Any thread. */
public final class Remarks implements EventWriter {

    /** As many as there can be bans. */
    private static final int MOST = 10_000;

    /** By the banned address; the oldest goes first. Guarded by itself. */
    private final Map<String, String> whyBanned = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    private volatile @Nullable Map<String, @Nullable Object> reload;

    @Override
    public boolean wants(EventKind kind) {
        return kind == EventKind.BAN || kind == EventKind.UNBAN || kind == EventKind.RELOAD;
    }

    @Override
    public void write(Event event) {
        if (event.kind() == EventKind.RELOAD) {
            reload = reload(event);
            return;
        }
        synchronized (whyBanned) {
            whyBanned.remove(event.client().address());
            if (event.kind() == EventKind.BAN) {
                whyBanned.put(event.client().address(), event.ending().detail());
            }
        }
    }

    private static Map<String, @Nullable Object> reload(Event event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("ok", !(event.ending() instanceof Ending.Refused));
        fields.put("text", event.ending().detail());
        return fields;
    }

    /** For how long, and why; empty for a ban that is older than this process. */
    public Optional<String> whyBanned(String address) {
        synchronized (whyBanned) {
            return Optional.ofNullable(whyBanned.get(address));
        }
    }

    /** Time, success and text of the last reload; null if there was none. */
    public @Nullable Map<String, @Nullable Object> lastReload() {
        return reload;
    }
}
