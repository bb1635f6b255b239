package dev.zeroftpd.server.page;

import dev.zeroftpd.operator.Finding;
import dev.zeroftpd.os.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges how the server is, and says what to do. Stateless; any thread. */
final class Health {

    /** As {@code certificate-expiring} is told. */
    private static final Duration SOON = Duration.ofDays(30);

    private static final Duration VERY_SOON = Duration.ofDays(7);

    /** Of what is limited: from here on there is little time to act. */
    private static final double MUCH = 0.8;

    private static final double NEARLY_ALL = 0.95;

    /** Events that a hook that keeps up never lets wait. */
    private static final long LONG_QUEUE = 1_000;

    private final Vitals vitals;
    private final Instant now;
    private final List<Judged> judged = new ArrayList<>();

    /** What was found, and what to do about it. */
    private record Judged(Finding finding, @Nullable String remedy) {}

    private Health(Vitals vitals, Instant now) {
        this.vitals = vitals;
        this.now = now;
    }

    /**
     * What the page shows.
     *
     * @param reload the last one, as the page shows it; null if there was none
     */
    static Map<String, @Nullable Object> of(
            Vitals vitals, @Nullable Map<String, @Nullable Object> reload, boolean draining, Instant now) {
        Health health = new Health(vitals, now);
        health.judge(reload);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("state", draining ? "draining" : "serving");
        fields.put("findings", health.findings());
        Runtime runtime = Runtime.getRuntime();
        fields.put("heap_bytes", runtime.totalMemory() - runtime.freeMemory());
        fields.put("heap_most", runtime.maxMemory());
        fields.put("threads", vitals.threads());
        Map<String, @Nullable Object> ports = new LinkedHashMap<>();
        ports.put("busy", vitals.busyPassivePorts());
        ports.put(
                "all", vitals.passivePorts().isPresent() ? vitals.passivePorts().getAsInt() : null);
        fields.put("passive_ports", ports);
        fields.put(
                "hook_queue",
                vitals.hookQueue().isPresent() ? vitals.hookQueue().getAsLong() : null);
        fields.put("certificates", health.certificates());
        fields.put("reload", reload);
        return fields;
    }

    private List<Map<String, @Nullable Object>> findings() {
        return judged.stream()
                .sorted(Comparator.comparing((Judged each) -> each.finding().severity())
                        .reversed())
                .map(Health::fields)
                .toList();
    }

    private static Map<String, @Nullable Object> fields(Judged judged) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("severity", judged.finding().severity().name().toLowerCase(Locale.ROOT));
        fields.put("about", judged.finding().about());
        fields.put("text", judged.finding().text());
        fields.put("remedy", judged.remedy());
        return fields;
    }

    private List<Map<String, String>> certificates() {
        return vitals.certificates().entrySet().stream()
                .map(each -> Map.of(
                        "name",
                        each.getKey(),
                        "until",
                        each.getValue().truncatedTo(ChronoUnit.SECONDS).toString()))
                .toList();
    }

    private void judge(@Nullable Map<String, @Nullable Object> reload) {
        vitals.certificates().forEach(this::judgeCertificate);
        vitals.passivePorts()
                .ifPresent(all -> judgeUse(
                        "passive ports",
                        vitals.busyPassivePorts(),
                        all,
                        "Widen passive.ports, in the firewall too, and restart; or let fewer sessions in."));
        if (vitals.mostSessions() > 0) {
            judgeUse(
                    "sessions",
                    vitals.sessions(),
                    vitals.mostSessions(),
                    "Raise limits.sessions and reload, or see on Now whose they are, and end some.");
        }
        vitals.hookQueue().ifPresent(this::judgeQueue);
        Runtime runtime = Runtime.getRuntime();
        double used = (runtime.totalMemory() - runtime.freeMemory()) / (double) runtime.maxMemory();
        add(
                used > NEARLY_ALL ? Finding.Severity.DOUBTFUL : Finding.Severity.FINE,
                "heap",
                percent(used) + " of what it may take is in use, with what is yet to be cleared away",
                used > NEARLY_ALL ? "If that lasts, give it more: JAVA_OPTS=-Xmx… in the server's environment." : null);
        add(
                vitals.accountsRight() ? Finding.Severity.FINE : Finding.Severity.WRONG,
                "accounts",
                vitals.accountsRight()
                        ? "They are those of their file."
                        : "Their file was changed and can't be used: they are those of before.",
                vitals.accountsRight()
                        ? null
                        : "The log, and \"ftpd check\", name what is wrong in which line; once it is right, it is used"
                                + " by itself.");
        boolean failed = reload != null && Boolean.FALSE.equals(reload.get("ok"));
        add(
                failed ? Finding.Severity.WRONG : Finding.Severity.FINE,
                "reload",
                reload == null ? "The configuration is that of the start." : String.valueOf(reload.get("text")),
                failed
                        ? "Correct what it names, see whether all is well with \"ftpd check\", then: ftpd reload"
                        : null);
    }

    private void judgeCertificate(String name, Instant end) {
        Duration left = Duration.between(now, end);
        String which = name.isEmpty() ? "certificate" : "certificate of " + name;
        String text = left.isNegative()
                ? "has ended on " + end.truncatedTo(ChronoUnit.DAYS)
                : "ends in " + Quantity.of(left.toDays(), "day") + ", on "
                        + end.toString().substring(0, "2026-01-31".length());
        Finding.Severity severity = Finding.Severity.FINE;
        if (left.compareTo(SOON) < 0) {
            severity = left.compareTo(VERY_SOON) < 0 ? Finding.Severity.WRONG : Finding.Severity.DOUBTFUL;
        }
        add(
                severity,
                which,
                text,
                severity == Finding.Severity.FINE
                        ? null
                        : "Renew it and put it in the place of the old one: it is used within a second, without a"
                                + " restart.");
    }

    private void judgeUse(String about, long used, long all, String remedy) {
        double part = used / (double) Math.max(1, all);
        Finding.Severity severity = Finding.Severity.FINE;
        if (part > MUCH) {
            severity = part > NEARLY_ALL ? Finding.Severity.WRONG : Finding.Severity.DOUBTFUL;
        }
        add(severity, about, used + " of " + all + " in use", severity == Finding.Severity.FINE ? null : remedy);
    }

    private void judgeQueue(long waiting) {
        boolean slow = waiting > LONG_QUEUE;
        add(
                slow ? Finding.Severity.DOUBTFUL : Finding.Severity.FINE,
                "hooks",
                waiting == 1 ? "1 event waits" : waiting + " events wait",
                slow ? "Try the hooks with \"ftpd hook test EVENT\": one of them fails, or is too slow." : null);
    }

    private void add(Finding.Severity severity, String about, String text, @Nullable String remedy) {
        judged.add(new Judged(new Finding(severity, about, text), remedy));
    }

    private static String percent(double part) {
        return Math.round(part * 100) + " %";
    }
}
