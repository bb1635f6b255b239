package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd retention}: deletes files that are older than their accounts keep them. One thread. */
@Command(
        name = "retention",
        description = {
            "Deletes the files that have not changed for longer than the retention of their accounts, and lists them."
                    + " The server does that by itself once an hour; with --dry-run nothing is deleted."
        })
final class RetentionCommand extends OperatorCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One account; without it, all of them.")
    private String name = "";

    @Option(names = "--dry-run", description = "Only list what would be deleted.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON array, for programs.")
    private boolean json;

    RetentionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", "retention");
        request.put("dry_run", dryRun);
        if (!name.isEmpty()) {
            request.put("user", name);
        }
        if (json) {
            say(JsonLine.of(server.ask(request)));
        } else {
            server.ask(request, line -> say(line(line))); // there may be millions
        }
        return ExitCode.FINE;
    }

    private static String line(Map<String, Object> found) {
        return Shown.text(found, "user") + "  " + Shown.text(found, "modified") + "  "
                + Shown.bytes(Shown.number(found, "bytes")) + "  " + Shown.text(found, "path");
    }
}
