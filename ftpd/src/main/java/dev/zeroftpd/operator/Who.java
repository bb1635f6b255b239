package dev.zeroftpd.operator;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.view.SessionView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
            answer.line(Fields.of(session));
        }
    }
}
