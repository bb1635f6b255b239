package dev.zeroftpd.admin.metric;

import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.OutcomeWords;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;

/** Counts transfers when they have ended or were refused. Any thread. */
final class TransferCounts {

    private static final String ZERO_COPY = "zero-copy";
    private static final String STREAMED = "streamed";

    /** Before the 150: no way was chosen. */
    private static final String NO_WAY = "none";

    /** How a transfer went, in words. */
    private record Course(String direction, String way, String reason, boolean tls, String outcome) {}

    private record Flow(String direction, String way) {}

    private final Tallies<Course> ended =
            new Tallies<>(new Course(UserBytes.OTHER, UserBytes.OTHER, "", false, UserBytes.OTHER));
    private final Tallies<Flow> bytes = new Tallies<>(new Flow(UserBytes.OTHER, UserBytes.OTHER));
    private final Durations durations = new Durations();
    private final UserBytes users = new UserBytes();

    TransferCounts() {
        bytes.begin(new Flow(UserBytes.word(Direction.DOWNLOAD), ZERO_COPY));
        bytes.begin(new Flow(UserBytes.word(Direction.DOWNLOAD), STREAMED));
        bytes.begin(new Flow(UserBytes.word(Direction.UPLOAD), STREAMED));
    }

    void count(Event event, TransferResult result) {
        Direction direction = direction(event.kind());
        String word = UserBytes.word(direction);
        String way = way(result.way());
        String outcome = OutcomeWords.of(result.outcome()).word();
        ended.increment(
                new Course(word, way, reason(result.way()), event.client().tls(), outcome));
        bytes.add(new Flow(word, way), result.transmitted());
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

    private static String way(Way way) {
        return switch (way) {
            case Way.ZeroCopy _ -> ZERO_COPY;
            case Way.Streamed _ -> STREAMED;
        };
    }

    private static String reason(Way way) {
        return switch (way) {
            case Way.ZeroCopy _ -> "";
            case Way.Streamed streamed -> streamed.reason().label();
        };
    }

    void write(Exposition to) {
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
        to.family("transfer_bytes", Exposition.Kind.COUNTER, "Bytes on data connections, counted when they close.");
        bytes.all().forEach((flow, count) -> to.sample(count.sum(), "direction", flow.direction(), "way", flow.way()));
        to.family(
                "transfer_seconds",
                Exposition.Kind.HISTOGRAM,
                "From the wish for a data connection until it was closed.");
        durations.write(to);
        users.write(to);
    }
}
