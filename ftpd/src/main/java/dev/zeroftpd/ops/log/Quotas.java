package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LineQuota;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many events one log writes of those that cost their client nothing: what strangers cause, refused transfers, and the
 * log-ins of anonymous clients. For each kind and reason some in a minute, of which one address has a tenth at most: so it
 * takes ten of them to hide others. Any thread.
 */
final class Quotas {

    private static final OptionalLong UNLIMITED = OptionalLong.of(0);

    /** A client that is refused often tries again at once. */
    private static final int REFUSALS_PER_MINUTE = 60;

    /** How many addresses it takes to use up what all have. */
    private static final int SHARES = 10;

    private static final String ANONYMOUS = "anonymous";

    private final int mostPerMinute;
    private final Map<String, LineQuota> quotas = new ConcurrentHashMap<>();

    Quotas(int mostPerMinute) {
        this.mostPerMinute = mostPerMinute;
    }

    /** How many events like this one were left out before it; empty if it is to be left out too. */
    OptionalLong take(Event event) {
        EventKind kind = event.kind();
        if (!isLimited(event)) {
            return UNLIMITED;
        }
        String reason = event.ending() instanceof Ending.Refused refused ? refused.reason() : "";
        int most = most(kind);
        return quotas.computeIfAbsent(kind.word() + " " + reason, _ -> LineQuota.perMinute(most))
                .take(sharer(event), most / SHARES);
    }

    private static boolean isLimited(Event event) {
        EventKind kind = event.kind();
        if (kind.isTransfer()) {
            return event.ending() instanceof Ending.Refused;
        }
        if (event.ending() instanceof Ending.Ordered) {
            return false; // no client can cause it
        }
        boolean login = kind == EventKind.LOGIN || kind == EventKind.LOGOUT;
        return kind.isOfStrangers() || (login && event.client().user().equals(ANONYMOUS));
    }

    private int most(EventKind kind) {
        return kind == EventKind.REFUSED ? Math.min(mostPerMinute, REFUSALS_PER_MINUTE) : mostPerMinute;
    }

    /** A client has all of an IPv6 network of 64 bits. Behind one address, accounts have a share each; strangers can name any. */
    private static String sharer(Event event) {
        String network = network(event.client().address());
        return event.kind().isOfStrangers() ? network : event.client().user() + " " + network;
    }

    /** Java writes IPv6 addresses with all of their eight groups. */
    private static String network(String address) {
        int end = -1;
        for (int group = 0; group < 4; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
