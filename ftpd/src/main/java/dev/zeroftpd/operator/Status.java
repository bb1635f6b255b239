package dev.zeroftpd.operator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code status}: one line about the server as a whole. Any thread. */
final class Status implements OperatorCommand {

    private final OperatedServer server;

    Status(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws IOException {
        ServerStatus status = server.status();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("state", status.draining() ? "draining" : "serving");
        fields.put("version", status.version());
        fields.put("process", ProcessHandle.current().pid());
        fields.put("started", status.started().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put(
                "uptime_seconds",
                Math.max(0, Duration.between(status.started(), Instant.now()).toSeconds()));
        fields.put("configuration", status.configuration().orElse(null));
        fields.put("listeners", listeners(status));
        fields.put("sessions", server.sessions().count());
        fields.put("sessions_before_login", server.sessions().beforeLogin());
        fields.put("transfers", server.sessions().transferring());
        fields.put("bans", server.bans().all().size());
        fields.put(
                "heap_bytes",
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        answer.line(fields);
    }

    private static List<Map<String, String>> listeners(ServerStatus status) {
        return status.listeners().stream().map(Status::fields).toList();
    }

    private static Map<String, String> fields(ServerStatus.ListenerStatus listener) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", listener.name());
        fields.put("address", listener.address());
        fields.put("tls", listener.tls());
        return fields;
    }
}
