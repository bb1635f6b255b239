package dev.zeroftpd.operator;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.view.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Ends sessions because the operator wants it. Stateless; any thread. */
final class EndedSessions {

    private EndedSessions() {}

    /** Ends those that are wanted; returns what they were. Never blocks. */
    static List<SessionView> end(OperatedServer server, Predicate<SessionView> wanted) {
        List<SessionView> ended = new ArrayList<>();
        for (ControlConnection connection : server.sessions().open()) {
            Optional<SessionView> view = connection.view().filter(wanted);
            if (view.isPresent()) {
                connection.kick("Ended by the administrator.", "by the operator", view.get());
                ended.add(view.get());
            }
        }
        return ended;
    }
}
