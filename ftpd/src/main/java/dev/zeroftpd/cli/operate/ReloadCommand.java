package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd reload}: has the configuration read again. One thread. */
@Command(
        name = "reload",
        description = {
            "Has the running server read its configuration, accounts and certificate again, and says what changed and"
                    + " what waits for a restart.",
            "If something is wrong it says what; the exit code is 2, and that stays as it was."
        })
final class ReloadCommand extends OperatorCommand {

    private static final String NOTHING = "nothing";

    @Option(names = "--json", description = "Print a JSON object, for programs.")
    private boolean json;

    ReloadCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        server.ask(Map.of("command", "reload"), this::tell);
        return ExitCode.FINE;
    }

    private void tell(Map<String, Object> reloaded) {
        if (json) {
            say(JsonLine.of(reloaded));
            return;
        }
        say("Changed: " + words(reloaded.get("changed")) + "; accounts: " + Shown.text(reloaded, "accounts"));
        String waiting = words(reloaded.get("waiting"));
        if (!waiting.equals(NOTHING)) {
            say("Waiting for a restart: " + waiting);
        }
    }

    private static String words(@Nullable Object list) {
        if (list instanceof List<?> words && !words.isEmpty()) {
            return String.join(", ", words.stream().map(Shown::text).toList());
        }
        return NOTHING;
    }
}
