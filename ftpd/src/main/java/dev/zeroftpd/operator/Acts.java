package dev.zeroftpd.operator;

import dev.zeroftpd.control.view.SessionView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The operator's commands that change something, for those who don't come by the control socket. Stateless; any thread. */
public final class Acts {

    private Acts() {}

    /**
     * Carries one out, as the control socket would: {@code kick}, {@code ban}, {@code unban} or {@code enable}.
     *
     * @param request as docs/operations.md has it; nothing in it is known to be right
     * @param scope the sessions that may be ended
     * @return the lines of the answer
     * @throws Refused if nothing was done, and why
     */
    public static List<Map<String, ?>> run(
            OperatedServer server, Map<String, Object> request, Predicate<SessionView> scope) throws Refused {
        Request asked = new Request(request);
        List<Map<String, ?>> lines = new ArrayList<>();
        try {
            OperatorCommands.act(server, scope, asked.command()).run(asked, new Collected(lines));
        } catch (IOException e) {
            throw new IllegalStateException("a list can be written to", e);
        }
        return lines;
    }

    /** An answer that stays here. */
    private record Collected(List<Map<String, ?>> lines) implements Answer {

        @Override
        public void line(Map<String, ?> object) {
            lines.add(object);
        }

        @Override
        public void flush() {
            // it is all there
        }

        @Override
        public boolean isHeard() {
            return true;
        }
    }
}
