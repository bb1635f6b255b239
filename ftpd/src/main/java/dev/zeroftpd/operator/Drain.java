package dev.zeroftpd.operator;

import dev.zeroftpd.config.Ranges;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code drain}: ends the server. A line at the beginning, and one whenever something has ended since; the connection ends
 * with the server. Any thread; blocks.
 */
final class Drain implements OperatorCommand {

    /** How often an operator is told. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final OperatedServer server;

    Drain(OperatedServer server) {
        this.server = server;
    }

    /** What is left to end. */
    private record Rest(int sessions, int transfers) {}

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        Optional<Duration> deadline = request.seconds("deadline_seconds", Ranges.LONGEST);
        // not a daemon: the server ends in order, whether the operator stays or not
        Thread.ofPlatform().name("drain").start(() -> server.drain(deadline));
        try {
            tellUntilNoneIsLeft(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellUntilNoneIsLeft(Answer answer) throws IOException, InterruptedException {
        Rest told = new Rest(-1, -1);
        boolean ended = false;
        while (!ended) {
            Rest now = new Rest(server.sessions().count(), server.sessions().transferring());
            if (!now.equals(told)) {
                answer.line(fields(now));
                answer.flush();
                told = now;
            }
            ended = server.sessions().awaitNone(STEP);
        }
    }

    private static Map<String, Object> fields(Rest rest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("process", ProcessHandle.current().pid());
        ProcessHandle.current().info().startInstant().ifPresent(time -> fields.put("process_started", time.toString()));
        fields.put("sessions", rest.sessions());
        fields.put("transfers", rest.transfers());
        return fields;
    }
}
