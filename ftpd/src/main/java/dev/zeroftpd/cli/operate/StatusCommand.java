package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd status}: a running server in a few lines. One thread. */
@Command(
        name = "status",
        description = "Says how the running server is: since when, where it listens, how much it has to do.")
final class StatusCommand extends OperatorCommand {

    @Option(names = "--json", description = "Print a JSON object, for programs.")
    private boolean json;

    StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        for (Map<String, Object> status : server.ask(Map.of("command", "status"))) {
            if (json) {
                say(JsonLine.of(status));
            } else {
                print(status);
            }
        }
        return ExitCode.FINE;
    }

    private void print(Map<String, Object> status) {
        say(
                "Server",
                Shown.text(status, "state") + ", process " + Shown.text(status, "process") + ", version "
                        + Shown.text(status, "version"));
        say(
                "Started",
                Shown.text(status, "started") + " (" + Shown.duration(Shown.number(status, "uptime_seconds"))
                        + " ago)");
        say(
                "Configuration",
                status.get("configuration") == null ? "none: defaults" : Shown.text(status, "configuration"));
        if (status.get("listeners") instanceof List<?> listeners) {
            for (Object listener : listeners) {
                if (listener instanceof Map<?, ?> fields) {
                    say(
                            "Listens on",
                            Shown.text(fields.get("address")) + " (" + tls(Shown.text(fields.get("tls"))) + ")");
                }
            }
        }
        say(
                "Sessions",
                Shown.text(status, "sessions") + ", of them " + Shown.text(status, "sessions_before_login")
                        + " without a login");
        say("Transfers", Shown.text(status, "transfers"));
        say("Bans", Shown.text(status, "bans"));
        say("Heap", Shown.bytes(Shown.number(status, "heap_bytes")));
    }

    private static String tls(String mode) {
        return mode.equals("off") ? "without TLS" : "TLS " + mode;
    }

    private void say(String name, String value) {
        say(String.format(Locale.ROOT, "%-14s %s", name, value));
    }
}
