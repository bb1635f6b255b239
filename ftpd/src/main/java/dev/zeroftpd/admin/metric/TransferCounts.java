package dev.zeroftpd.admin.metric;

import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.OutcomeWords;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts transfers when they have ended or were refused, and bytes also of those that run. Any thread. */
final class TransferCounts {

    /** Before the 150: no way was chosen. */
    private static final String NO_WAY = "none";

    /** How a transfer went, in words. */
    private record Course(String direction, String way, String reason, boolean tls, String outcome) {}

    private final Tallies<Course> ended =
            new Tallies<>(new Course(UserBytes.OTHER, UserBytes.OTHER, "", false, UserBytes.OTHER));
    private final Tallies<Flow> bytes = new Tallies<>(new Flow(Direction.DOWNLOAD, Way.zeroCopy()));

    /** What scrapers were told last. Guarded by itself. */
    private final Map<Flow, Long> told = new HashMap<>();

    private final Durations durations = new Durations();
    private final UserBytes users = new UserBytes();

    TransferCounts() {
        bytes.begin(new Flow(Direction.DOWNLOAD, Way.zeroCopy()));
    }

    void count(Event event, TransferResult result) {
        Direction direction = direction(event.kind());
        String word = UserBytes.word(direction);
        String way = result.way().word();
        String outcome = OutcomeWords.of(result.outcome()).word();
        ended.increment(new Course(
                word, way, result.way().why().orElse(""), event.client().tls(), outcome));
        bytes.add(new Flow(direction, result.way()), result.transmitted());
        durations.add(result.elapsed());
        if (event.kind() != EventKind.LISTING) {
            users.add(event.client().user(), direction, result.bytes());
        }
    }

    void countRefused(Event event) {
        String direction = UserBytes.word(direction(event.kind()));
        ended.increment(new Course(direction, NO_WAY, "", event.client().tls(), "refused"));
    }

    private static Direction direction(EventKind kind) {
        return kind == EventKind.UPLOAD ? Direction.UPLOAD : Direction.DOWNLOAD;
    }

    /**
     * The bytes of each way, those of running transfers among them. What has ended is read first: a transfer that ends meanwhile
     * is missing then, rather than counted twice, and no number is ever less than the one before.
     */
    Map<Flow, Long> bytes(Supplier<List<RunningBytes>> running) {
        synchronized (told) {
            Map<Flow, Long> now = new LinkedHashMap<>();
            bytes.all().forEach((flow, count) -> now.put(flow, count.sum()));
            running.get().forEach(each -> now.merge(new Flow(each.direction(), each.way()), each.bytes(), Long::sum));
            now.replaceAll((flow, count) -> Math.max(count, told.getOrDefault(flow, 0L)));
            told.putAll(now);
            return now;
        }
    }

    private record FlowWords(String direction, String way) {}

    /** Those that operators draw are there from the beginning. */
    private Map<FlowWords, Long> bytesByWay(Supplier<List<RunningBytes>> running) {
        Map<FlowWords, Long> sums = new LinkedHashMap<>();
        sums.put(new FlowWords(UserBytes.word(Direction.DOWNLOAD), Way.ZERO_COPY), 0L);
        sums.put(new FlowWords(UserBytes.word(Direction.DOWNLOAD), Way.STREAMED), 0L);
        sums.put(new FlowWords(UserBytes.word(Direction.UPLOAD), Way.STREAMED), 0L);
        bytes(running)
                .forEach((flow, count) -> sums.merge(
                        new FlowWords(
                                UserBytes.word(flow.direction()), flow.way().word()),
                        count,
                        Long::sum));
        return sums;
    }

    void write(Exposition to, Supplier<List<RunningBytes>> running) {
        to.family(
                "transfers", Exposition.Kind.COUNTER, "Data transfers that have ended or were refused, with listings.");
        ended.all()
                .forEach((course, count) -> to.sample(
                        count.sum(),
                        "direction",
                        course.direction(),
                        "way",
                        course.way(),
                        "reason",
                        course.reason(),
                        "tls",
                        Boolean.toString(course.tls()),
                        "outcome",
                        course.outcome()));
        to.family("transfer_bytes", Exposition.Kind.COUNTER, "Bytes on data connections, of running transfers too.");
        bytesByWay(running)
                .forEach((words, count) -> to.sample(count, "direction", words.direction(), "way", words.way()));
        to.family(
                "transfer_seconds",
                Exposition.Kind.HISTOGRAM,
                "From the wish for a data connection until it was closed.");
        durations.write(to);
        users.write(to);
    }
}
