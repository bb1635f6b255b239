package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.cli.text.Table;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd who}: the sessions of a running server. One thread. */
@Command(
        name = "who",
        description = {
            "Lists who is connected to the running server, and what is transferred.",
            "Rates are averages since a transfer began."
        })
final class WhoCommand extends OperatorCommand {

    @Option(names = "--json", description = "Print a JSON array, for programs.")
    private boolean json;

    WhoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        List<Map<String, Object>> sessions = server.ask(Map.of("command", "who"));
        if (json) {
            say(JsonLine.of(sessions));
        } else {
            table(sessions).forEach(this::say);
        }
        return ExitCode.FINE;
    }

    static List<String> table(List<Map<String, Object>> sessions) {
        Table table = new Table("SESSION", "USER", "ADDRESS", "TLS", "SINCE", "IDLE", "DIRECTORY", "TRANSFER");
        for (Map<String, Object> session : sessions) {
            table.add(
                    Shown.text(session, "session"),
                    Shown.text(session, "user"),
                    Shown.text(session, "address"),
                    Boolean.TRUE.equals(session.get("tls")) ? "yes" : "no",
                    Shown.text(session, "since"),
                    Shown.duration(Shown.number(session, "idle_seconds")),
                    Shown.text(session, "directory"),
                    Shown.transfer(session.get("transfer")));
        }
        return table.lines();
    }
}
