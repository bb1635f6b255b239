package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.cli.text.Table;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd bans}: which addresses are kept out. One thread. */
@Command(name = "bans", description = "Lists the addresses that are kept out, who banned them, until when, and why.")
final class BansCommand extends OperatorCommand {

    @Option(names = "--json", description = "Print a JSON array, for programs.")
    private boolean json;

    BansCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        List<Map<String, Object>> bans = server.ask(Map.of("command", "bans"));
        if (json) {
            say(JsonLine.of(bans));
        } else {
            Table table = new Table("ADDRESS", "BY", "UNTIL", "WHY");
            for (Map<String, Object> ban : bans) {
                table.add(
                        Shown.text(ban, "address"),
                        Shown.text(ban, "by"),
                        ban.get("until") == null ? "unban" : Shown.text(ban, "until"),
                        ban.get("why") == null ? "-" : Shown.text(ban, "why"));
            }
            table.lines().forEach(this::say);
        }
        return ExitCode.FINE;
    }
}
