package dev.zeroftpd.operator;

import dev.zeroftpd.control.ban.Banned;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.transfer.result.Way;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is told of sessions and bans, as fields of a line of JSON. The names are a contract: scripts read them, and the page.
 * Stateless; any thread. Each result is the caller's own.
 */
public final class Fields {

    private Fields() {}

    static Map<String, @Nullable Object> of(SessionView session) {
        return of(session, UnaryOperator.identity(), TransferView::bytesPerSecond);
    }

    /**
     * Those of a session.
     *
     * @param text what becomes of what clients choose the length of: names and paths
     * @param rate of its transfer, in bytes per second
     */
    public static Map<String, @Nullable Object> of(
            SessionView session, UnaryOperator<String> text, ToLongFunction<TransferView> rate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session.session());
        fields.put("user", session.user().map(text).orElse(null));
        fields.put("address", session.address().getHostAddress());
        fields.put("tls", session.tls());
        fields.put("since", session.since().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("idle_seconds", session.idle().toSeconds());
        fields.put("directory", session.directory().map(text).orElse(null));
        fields.put(
                "transfer",
                session.transfer()
                        .map(transfer -> of(transfer, text, rate.applyAsLong(transfer)))
                        .orElse(null));
        return fields;
    }

    private static Map<String, @Nullable Object> of(TransferView transfer, UnaryOperator<String> text, long rate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("verb", transfer.verb());
        fields.put("path", text.apply(transfer.path()));
        fields.put("bytes", transfer.bytes());
        fields.put("size", transfer.size().isPresent() ? transfer.size().getAsLong() : null);
        fields.put("bytes_per_second", rate);
        fields.put("way", transfer.way().map(Way::word).orElse(null));
        fields.put("reason", transfer.way().flatMap(Way::why).orElse(null));
        return fields;
    }

    /** Those of a ban. */
    public static Map<String, @Nullable Object> of(Banned banned) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("address", banned.from().toString());
        fields.put("by", banned.origin().word());
        fields.put(
                "until",
                banned.end()
                        .map(end -> end.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null));
        fields.put("why", banned.why().orElse(null));
        return fields;
    }
}
