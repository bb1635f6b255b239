package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.control.trace.Trace;
import dev.zeroftpd.control.trace.TracedLine;
import dev.zeroftpd.control.trace.Traces;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code trace}: one line when it has begun, then one for each command and reply of some sessions, until the operator hangs up.
 * Any thread; blocks.
 */
final class TraceSessions implements OperatorCommand {

    /** How soon the end of an operator is noticed who traces sessions that do nothing. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Traces traces;

    TraceSessions(Traces traces) {
        this.traces = traces;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        Predicate<TracedLine> wanted = wanted(request);
        try (Trace trace = traces.begin(wanted).orElseThrow(() -> Refused.because("too many traces run already"))) {
            answer.line(Map.of("trace", "begun"));
            answer.flush();
            while (answer.isHeard()) {
                follow(trace, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waits now, or comes within a moment. */
    private static void follow(Trace trace, Answer answer) throws IOException, InterruptedException {
        Optional<TracedLine> line = trace.next(STEP);
        for (int count = 0; line.isPresent() && count < Trace.MOST_WAITING; count++) {
            answer.line(fields(line.get()));
            line = trace.next(Duration.ZERO);
        }
        if (line.isPresent()) {
            answer.line(fields(line.get()));
        }
        long leftOut = trace.leftOut();
        if (leftOut > 0) {
            answer.line(Map.of("left_out", leftOut));
        }
        answer.flush();
    }

    private static Predicate<TracedLine> wanted(Request request) throws Refused {
        Optional<String> user = request.text("user");
        Optional<AddressRange> address = request.range("address");
        if (user.isPresent() == address.isPresent()) {
            throw Refused.wrong("say which sessions: by one of \"user\", \"address\"");
        }
        return line -> user.map(name -> line.user().filter(name::equals).isPresent())
                .orElseGet(() ->
                        address.filter(range -> range.contains(line.address())).isPresent());
    }

    private static Map<String, @Nullable Object> fields(TracedLine line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", line.time().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("session", line.session());
        fields.put("user", line.user().orElse(null));
        fields.put("address", line.address().getHostAddress());
        fields.put("from", line.from().name().toLowerCase(Locale.ROOT));
        fields.put("text", line.text());
        return fields;
    }
}
