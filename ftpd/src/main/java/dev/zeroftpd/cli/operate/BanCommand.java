package dev.zeroftpd.cli.operate;

import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd ban}: keeps addresses out. One thread. */
@Command(
        name = "ban",
        description = {
            "Keeps an address, or all of a range, from the running server, and ends the sessions that it has.",
            "It holds whatever the rules for guesses (ban.*) spare, and outlives a restart."
        })
final class BanCommand extends OperatorCommand {

    @Parameters(paramLabel = "ADDRESS|CIDR", description = "Such as 192.0.2.1 or 2001:db8::/48.")
    private String address = "";

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "For how long, such as 30m or 7d. Default: until \"ftpd unban\".")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--json", description = "Print the ban and the ended sessions as a JSON array, for programs.")
    private boolean json;

    BanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "ban");
        request.put("address", address);
        time.ifPresent(length -> request.put("seconds", length.toSeconds()));
        List<Map<String, Object>> done = server.ask(request);
        if (json) {
            say(JsonLine.of(done));
        } else {
            done.forEach(line -> say(KickCommand.text(line, time)));
        }
        warnOfUnkept(done);
        return ExitCode.FINE;
    }
}
