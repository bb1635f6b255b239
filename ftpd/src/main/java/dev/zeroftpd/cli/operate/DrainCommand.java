package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd drain}: ends the server, and returns when it has ended. One thread. */
@Command(
        name = "drain",
        description = {
            "Ends the running server, and returns when it has ended: no new sessions; those that are there may"
                    + " go on for shutdown.session-grace, then idle ones get 421, and transfers may go on for a time.",
            "A second drain, or SIGTERM, can shorten that time."
        })
final class DrainCommand extends OperatorCommand {

    /** Each process counts from the start of the machine, which it knows to a second or so. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(3);

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long sessions and transfers may go on, such as 5m. Default: shutdown.session-grace, and"
                    + " shutdown.grace behind it.")
    private Optional<Duration> deadline = Optional.empty();

    @Option(names = "--json", description = "Print a JSON object for each line, for programs.")
    private boolean json;

    private boolean begun;
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
            if (!begun) {
                throw ended;
            }
        }
        process.ifPresent(ending -> ending.onExit().join());
        if (!json) {
            say("Ended");
        }
        return ExitCode.FINE;
    }

    /** A server in a container counts processes by itself: its number may be another one's here. */
    private static boolean isSame(ProcessHandle found, Map<String, Object> rest) {
        if (!(rest.get("process_started") instanceof String said)) {
            return false;
        }
        return found.info()
                .startInstant()
                .map(started -> Duration.between(started, Instant.parse(said)).abs())
                .filter(apart -> apart.compareTo(CLOCKS_APART) <= 0)
                .isPresent();
    }

    private void tell(Map<String, Object> rest) {
        begun = true;
        process = ProcessHandle.of(Shown.number(rest, "process")).filter(found -> isSame(found, rest));
        if (json) {
            say(JsonLine.of(rest));
            return;
        }
        say("Draining: sessions " + Shown.number(rest, "sessions") + ", transfers " + Shown.number(rest, "transfers"));
    }
}
