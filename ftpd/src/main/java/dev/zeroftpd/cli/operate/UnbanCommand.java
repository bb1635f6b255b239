package dev.zeroftpd.cli.operate;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ftpd unban}: lets addresses in again. One thread. */
@Command(
        name = "unban",
        description = "Lifts the ban of an address, or every ban within a range, the server's own too.")
final class UnbanCommand extends OperatorCommand {

    @Parameters(paramLabel = "ADDRESS|CIDR", description = "As \"ftpd bans\" lists it.")
    private String address = "";

    UnbanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        server.ask(
                Map.of("command", "unban", "address", address),
                lifted -> say("Lifted the ban of " + Shown.text(lifted, "address")));
        return ExitCode.FINE;
    }
}
