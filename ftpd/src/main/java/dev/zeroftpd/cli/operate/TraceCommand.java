package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd trace}: what some clients send and are answered, as it happens. One thread. */
@Command(
        name = "trace",
        description = {
            "Prints what clients send (>) and are answered (<), as it happens, until Ctrl-C. Passwords are masked.",
            "The sessions of an account are also those that try to log in to it.",
            "If this terminal is too slow, lines are left out and counted; no session waits for it."
        })
final class TraceCommand extends OperatorCommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    @ArgGroup(multiplicity = "1")
    private ChosenSessions which = new ChosenSessions();

    @Option(names = "--json", description = "Print a JSON object per line, for programs.")
    private boolean json;

    TraceCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "trace");
        which.into(request);
        server.ask(request, this::print);
        return ExitCode.FINE;
    }

    private void print(Map<String, Object> line) throws IOException {
        if (line.containsKey("trace")) {
            surroundings().err().println("Tracing; Ctrl-C ends it");
        } else if (json) {
            say(JsonLine.of(line));
        } else if (line.containsKey("left_out")) {
            say("(" + Shown.number(line, "left_out") + " lines left out: this terminal is too slow)");
        } else {
            String begin = begin(line);
            String.valueOf(line.get("text")).lines().forEach(each -> say(begin + Shown.text(each)));
        }
        if (surroundings().out().checkError()) {
            throw new IOException("the lines can't be printed any more");
        }
    }

    private static String begin(Map<String, Object> line) {
        String time = LocalTime.ofInstant(Instant.parse(Shown.text(line, "time")), ZoneId.systemDefault())
                .format(TIME);
        return time
                + ' '
                + Shown.text(line, "session")
                + ' '
                + Shown.text(line, "user")
                + ' '
                + Shown.text(line, "address")
                + (Shown.text(line, "from").equals("client") ? " > " : " < ");
    }
}
