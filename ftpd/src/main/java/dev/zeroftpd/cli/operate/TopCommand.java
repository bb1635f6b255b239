package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd top}: the sessions of a running server, live. One thread. */
@Command(
        name = "top",
        description = {
            "Shows the running server's sessions and transfers, live: what they have moved, how fast, and which way.",
            "s sorts by another column, / filters, the arrows choose a session, k ends it after a question, q quits."
        })
final class TopCommand extends OperatorCommand {

    /** The server hangs up on an operator who is silent for twice as long. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(500);

    /** How soon a change of the window's size is seen. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final double NANOS_PER_SECOND = 1e9;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How often it looks at the server: from 500ms to 5s. Default: 2s.")
    private Duration interval = Duration.ofSeconds(2);

    private final TopView view = new TopView();
    private Map<String, TopRow> before = Map.of();
    private long seen;

    TopCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new Unanswered("--interval is from 500ms to 5s", ExitCode.WRONG);
        }
        look(server);
        try (TopTerminal terminal = TopTerminal.open()) {
            follow(server, terminal);
        }
        return ExitCode.FINE;
    }

    private void follow(Server server, TopTerminal terminal) throws Unanswered, IOException {
        Size drawn = draw(terminal);
        while (true) {
            TopKey key = terminal.read(LOOK);
            switch (view.press(key)) {
                case TopView.Order.Plain.NONE -> {
                    // it was for the view
                }
                case TopView.Order.Plain.QUIT -> {
                    return;
                }
                case TopView.Order.Kick(String session) -> kick(server, session);
            }
            boolean due = System.nanoTime() - seen >= interval.toNanos();
            if (due) {
                look(server);
            }
            if (due || key != TopKey.Named.NONE || !drawn.equals(terminal.size())) {
                drawn = draw(terminal);
            }
        }
    }

    private Size draw(TopTerminal terminal) {
        Size size = terminal.size();
        terminal.draw(view.lines(size.getRows()), size);
        return size;
    }

    private void look(Server server) throws Unanswered, IOException {
        Map<String, Object> status = server.ask(Map.of("command", "status")).getFirst();
        List<Map<String, Object>> lines = server.ask(Map.of("command", "who"));
        long now = System.nanoTime();
        double seconds = (now - seen) / NANOS_PER_SECOND;
        List<TopRow> rows =
                lines.stream().map(TopRow::of).map(row -> lately(row, seconds)).toList();
        Map<String, TopRow> latest = new HashMap<>();
        rows.forEach(row -> latest.put(row.session(), row));
        before = latest;
        seen = now;
        long rate = rows.stream().mapToLong(TopRow::rate).sum();
        view.show(
                "ftpd " + Shown.text(status, "state") + ": sessions " + Shown.text(status, "sessions") + ", transfers "
                        + Shown.text(status, "transfers") + ", " + Shown.bytes(rate) + "/s, bans "
                        + Shown.text(status, "bans"),
                rows);
    }

    private TopRow lately(TopRow row, double seconds) {
        return Optional.ofNullable(before.get(row.session()))
                .map(earlier -> row.since(earlier, seconds))
                .orElse(row);
    }

    private void kick(Server server, String session) throws IOException {
        try {
            List<Map<String, Object>> ended = server.ask(Map.of("command", "kick", "session", session));
            ended.forEach(each -> view.say(KickCommand.ended(each)));
        } catch (Unanswered refused) {
            view.say(Shown.text(refused.getMessage()));
        }
    }
}
