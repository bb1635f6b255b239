package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd kick}: ends sessions. One thread. */
@Command(
        name = "kick",
        description = {
            "Ends sessions of the running server: their transfers with 426, then 421.",
            "Without --ban or --disable a client may connect again at once."
        })
final class KickCommand extends OperatorCommand {

    /** It may also be a single one. */
    static final class Which extends ChosenSessions {

        @Option(
                names = "--session",
                paramLabel = "ID",
                required = true,
                description = "The one of that name in \"ftpd who\".")
        private Optional<String> session = Optional.empty();

        @Override
        void into(Map<String, Object> request) {
            session.ifPresent(id -> request.put("session", id));
            super.into(request);
        }
    }

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--ban",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Keep their addresses out for that time, such as 30m or 7d.")
    private Optional<Duration> ban = Optional.empty();

    @Option(names = "--disable", description = "Refuse the logins of their accounts, until \"ftpd user enable\".")
    private boolean disable;

    @Option(names = "--json", description = "Print what was done as a JSON array, for programs.")
    private boolean json;

    KickCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "kick");
        which.into(request);
        ban.ifPresent(time -> request.put("ban_seconds", time.toSeconds()));
        request.put("disable", disable);
        List<Map<String, Object>> done = server.ask(request);
        if (json) {
            say(JsonLine.of(done));
        } else {
            done.forEach(line -> say(text(line, ban)));
        }
        warnOfUnkept(done);
        return ExitCode.FINE;
    }

    /** What a line of the answer says was done. */
    static String text(Map<String, Object> line, Optional<Duration> ban) {
        if (line.containsKey("banned")) {
            String time = ban.map(length -> " for " + Shown.duration(length.toSeconds()))
                    .orElse("");
            return "Banned " + Shown.text(line, "banned") + time;
        }
        return line.containsKey("disabled") ? "Disabled the account " + Shown.text(line, "disabled") : ended(line);
    }

    static String ended(Map<String, Object> session) {
        String user = session.get("user") == null ? "a client without a login" : Shown.text(session, "user");
        return "Ended session " + Shown.text(session, "session") + " of " + user + " from "
                + Shown.text(session, "address");
    }
}
