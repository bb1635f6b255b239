package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LineQuota;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many events of strangers one log writes: for each kind and reason so many a minute, so that one client that goes on
 * knocking hides no others. Any thread.
 */
final class Quotas {

    private static final OptionalLong UNLIMITED = OptionalLong.of(0);

    /** A client that is refused often tries again at once. */
    private static final int REFUSALS_PER_MINUTE = 60;

    private final int mostPerMinute;
    private final Map<String, LineQuota> quotas = new ConcurrentHashMap<>();

    Quotas(int mostPerMinute) {
        this.mostPerMinute = mostPerMinute;
    }

    /** How many events like this one were left out before it; empty if it is to be left out too. */
    OptionalLong take(Event event) {
        EventKind kind = event.kind();
        if (!kind.isOfStrangers()) {
            return UNLIMITED;
        }
        String reason = event.ending() instanceof Ending.Refused refused ? refused.reason() : "";
        return quotas.computeIfAbsent(kind.word() + " " + reason, _ -> LineQuota.perMinute(most(kind)))
                .take();
    }

    private int most(EventKind kind) {
        return kind == EventKind.REFUSED ? Math.min(mostPerMinute, REFUSALS_PER_MINUTE) : mostPerMinute;
    }
}
