package dev.zeroftpd.operator;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code who}: one line per session, the oldest first. Any thread.
 *
 * <p>Each session is looked at by itself, without a lock that another thread waits for: a snapshot of thousands is not one
 * moment.
 */
final class Who implements OperatorCommand {

    private final Supplier<List<SessionView>> sessions;

    Who(Supplier<List<SessionView>> sessions) {
        this.sessions = sessions;
    }

    static Who of(ControlConnections sessions) {
        return new Who(() -> sessions.open().stream()
                .map(ControlConnection::view)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public void run(Request request, Answer answer) throws IOException {
        for (SessionView session : sessions.get()) {
            answer.line(fields(session));
        }
    }

    /** The names are a contract: scripts read them. */
    static Map<String, @Nullable Object> fields(SessionView session) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session.session());
        fields.put("user", session.user().orElse(null));
        fields.put("address", session.address().getHostAddress());
        fields.put("tls", session.tls());
        fields.put("since", session.since().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("idle_seconds", session.idle().toSeconds());
        fields.put("directory", session.directory().orElse(null));
        fields.put("transfer", session.transfer().map(Who::fields).orElse(null));
        return fields;
    }

    private static Map<String, @Nullable Object> fields(TransferView transfer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("verb", transfer.verb());
        fields.put("path", transfer.path());
        fields.put("bytes", transfer.bytes());
        fields.put("size", transfer.size().isPresent() ? transfer.size().getAsLong() : null);
        fields.put("bytes_per_second", transfer.bytesPerSecond());
        fields.put("way", transfer.way().map(Who::name).orElse(null));
        fields.put("reason", transfer.way().map(Who::reason).orElse(null));
        return fields;
    }

    private static String name(Way way) {
        return switch (way) {
            case Way.ZeroCopy _ -> "zero-copy";
            case Way.Streamed _ -> "streamed";
        };
    }

    private static @Nullable String reason(Way way) {
        return switch (way) {
            case Way.ZeroCopy _ -> null;
            case Way.Streamed(var reason) -> reason.label();
        };
    }
}
