package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd unban}: lets addresses in again. One thread. */
@Command(
        name = "unban",
        description = "Lifts the ban of an address, or every ban within a range, the server's own too.")
final class UnbanCommand extends OperatorCommand {

    @Parameters(paramLabel = "ADDRESS|CIDR", description = "As \"ftpd bans\" lists it.")
    private String address = "";

    @Option(names = "--json", description = "Print the lifted bans as a JSON array, for programs.")
    private boolean json;

    UnbanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        List<Map<String, Object>> lifted = server.ask(Map.of("command", "unban", "address", address));
        if (json) {
            say(JsonLine.of(lifted));
        } else {
            lifted.forEach(each -> say("Lifted the ban of " + Shown.text(each, "address")));
        }
        warnOfUnkept(lifted);
        return ExitCode.FINE;
    }
}
