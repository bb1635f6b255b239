package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.metric.Flow;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers at the head of each page. Stateless; any thread. */
final class Figures {

    private Figures() {}

    /** Those of a group, of its own sessions; or those of the whole server. */
    static Map<String, Object> of(Live.Look look, Optional<String> group) {
        return group.map(name -> ofGroup(look, name)).orElseGet(() -> ofServer(look));
    }

    private static Map<String, Object> ofServer(Live.Look look) {
        Snapshot.Counts counts = look.snapshot().counts();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sessions", counts.sessions());
        fields.put("before_login", counts.beforeLogin());
        fields.put("transfers", counts.transfers());
        fields.put("uploads", counts.uploads());
        putRates(fields, look.rates());
        fields.put("logins", look.snapshot().totals().logins());
        fields.put("failed_logins", look.snapshot().totals().failedLogins());
        fields.put("refused", look.snapshot().totals().refused());
        fields.put("bans", counts.bans());
        fields.put("draining", counts.draining());
        return fields;
    }

    private static Map<String, Object> ofGroup(Live.Look look, String group) {
        List<Row> rows = look.snapshot().rows(new Query(Optional.of(group), Query.SINCE, false, ""));
        Map<Flow, Long> rates = new HashMap<>();
        int transfers = 0;
        int uploads = 0;
        for (Row row : rows) {
            Optional<Way> way = row.view().transfer().flatMap(TransferView::way);
            boolean upload =
                    way.filter(Way.streamed(StreamReason.UPLOAD)::equals).isPresent();
            transfers += row.view().transfer().isPresent() ? 1 : 0;
            uploads += upload ? 1 : 0;
            way.ifPresent(known -> rates.merge(
                    new Flow(upload ? Direction.UPLOAD : Direction.DOWNLOAD, known), row.rate(), Long::sum));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sessions", rows.size());
        fields.put("transfers", transfers);
        fields.put("uploads", uploads);
        putRates(fields, rates);
        fields.put("draining", look.snapshot().counts().draining());
        return fields;
    }

    private static void putRates(Map<String, Object> fields, Map<Flow, Long> rates) {
        long zeroCopy = 0;
        long streamed = 0;
        long upload = 0;
        List<Map<String, Object>> reasons = new ArrayList<>();
        for (Map.Entry<Flow, Long> each : rates.entrySet()) {
            Flow flow = each.getKey();
            long rate = each.getValue();
            if (flow.direction() == Direction.UPLOAD) {
                upload += rate;
            } else if (flow.way() instanceof Way.ZeroCopy) {
                zeroCopy += rate;
            } else {
                streamed += rate;
            }
            if (rate > 0 && flow.way() instanceof Way.Streamed(var reason)) {
                Map<String, Object> why = new LinkedHashMap<>();
                why.put("direction", flow.direction() == Direction.UPLOAD ? "upload" : "download");
                why.put("reason", reason.label());
                why.put("bytes_per_second", rate);
                reasons.add(why);
            }
        }
        reasons.sort(Comparator.comparing((Map<String, Object> why) -> why.get("direction") + " " + why.get("reason")));
        fields.put("rates", Map.of("download_zero_copy", zeroCopy, "download_streamed", streamed, "upload", upload));
        fields.put("reasons", reasons);
    }
}
