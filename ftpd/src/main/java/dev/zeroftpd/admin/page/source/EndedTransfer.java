package dev.zeroftpd.admin.page.source;

import dev.zeroftpd.ops.JsonText;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of an up- or download that has ended: of its event only that is kept, for a day. Immutable; any thread.
 *
 * @param groups of the account, when it ended
 * @param way null if none was chosen
 */
record EndedTransfer(
        Instant time,
        String direction,
        String session,
        String user,
        List<String> groups,
        String address,
        boolean tls,
        String verb,
        String path,
        @Nullable Object bytes,
        @Nullable Object seconds,
        @Nullable String way,
        @Nullable String reason,
        String outcome,
        @Nullable String detail) {

    /** Enough for the sentence of any error. */
    private static final int LONGEST_DETAIL = 256;

    static EndedTransfer of(Event event, List<String> groups) {
        Map<String, Object> fields = new HashMap<>();
        event.fields(fields::put);
        @Nullable String detail = text(fields, "detail");
        return new EndedTransfer(
                event.time(),
                event.kind().word(),
                event.client().session(),
                event.client().user(),
                groups,
                event.client().address(),
                event.client().tls(),
                event.deed().verb(),
                event.deed().path(),
                fields.get("bytes"),
                fields.get("seconds"),
                text(fields, "way"),
                text(fields, "reason"),
                String.valueOf(fields.get("outcome")),
                detail == null ? null : LogText.shortened(detail, LONGEST_DETAIL));
    }

    private static @Nullable String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    /** Whether a person who is confined to that group may see it; an empty group confines to nothing. */
    boolean isVisible(Optional<String> group) {
        return group.isEmpty() || groups.contains(group.get());
    }

    /** About how long its texts are together. */
    int characters() {
        return user.length() + path.length() + (detail == null ? 0 : detail.length());
    }

    /** As the page gets it. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", JsonText.time(time));
        fields.put("direction", direction);
        fields.put("session", given(session));
        fields.put("user", given(user));
        fields.put("address", given(address));
        fields.put("tls", tls);
        fields.put("verb", given(verb));
        fields.put("path", given(path));
        fields.put("bytes", bytes);
        fields.put("seconds", seconds);
        fields.put("way", way);
        fields.put("reason", reason);
        fields.put("outcome", outcome);
        fields.put("detail", detail);
        return fields;
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }
}
