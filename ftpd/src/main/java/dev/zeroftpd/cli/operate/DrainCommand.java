package dev.zeroftpd.cli.operate;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd drain}: ends the server, and returns when it has ended. One thread. */
@Command(
        name = "drain",
        description = {
            "Ends the running server, and returns when it has ended: no new sessions, 421 to idle ones; running"
                    + " transfers may go on for a time.",
            "A second drain, or SIGTERM, can shorten that time."
        })
final class DrainCommand extends OperatorCommand {

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long running transfers may go on, such as 5m. Default: shutdown.grace.")
    private Optional<Duration> deadline = Optional.empty();

    private Optional<ProcessHandle> process = Optional.empty();

    DrainCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "drain");
        deadline.ifPresent(longest -> request.put("deadline_seconds", longest.toSeconds()));
        try {
            server.ask(request, this::tell);
            server.awaitEnd();
        } catch (EOFException | SocketException ended) {
            if (process.isEmpty()) {
                throw ended;
            }
        }
        process.ifPresent(ending -> ending.onExit().join());
        say("Ended");
        return ExitCode.FINE;
    }

    private void tell(Map<String, Object> rest) {
        process = ProcessHandle.of(Shown.number(rest, "process"));
        say("Draining: sessions " + Shown.number(rest, "sessions") + ", transfers " + Shown.number(rest, "transfers"));
    }
}
