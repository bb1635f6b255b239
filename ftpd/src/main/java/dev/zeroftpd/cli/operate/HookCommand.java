package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd hook}: what there is to do with hooks. One thread. */
@Command(name = "hook", description = "Tries the hooks of the running server.")
final class HookCommand {

    private HookCommand() {}

    /** With its own commands. */
    static CommandLine of(Surroundings surroundings) {
        return new CommandLine(new HookCommand()).addSubcommand(new Test(surroundings));
    }

    /** {@code ftpd hook test}: sends a sample. One thread. */
    @Command(
            name = "test",
            description = {
                "Has the running server send a sample to a hook at once, past all that waits, and says what came back.",
                "The sample has \"sample\": true. The exit code is 1 if it was not taken."
            })
    static final class Test extends OperatorCommand {

        @Parameters(paramLabel = "EVENT", description = "Such as upload, login, delete, upload-check.")
        private String event = "";

        @Option(names = "--json", description = "Print a JSON object, for programs.")
        private boolean json;

        Test(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Server server) throws Unanswered, IOException {
            List<Map<String, Object>> answer = server.ask(Map.of("command", "hook-test", "event", event));
            answer.forEach(this::tell);
            return answer.stream().allMatch(line -> Boolean.TRUE.equals(line.get("accepted")))
                    ? ExitCode.FINE
                    : ExitCode.FAILED;
        }

        private void tell(Map<String, Object> trial) {
            if (json) {
                say(JsonLine.of(trial));
                return;
            }
            boolean accepted = Boolean.TRUE.equals(trial.get("accepted"));
            say((accepted ? "Taken by " : "Not taken by ") + Shown.text(trial, "target") + ": "
                    + Shown.text(trial, "detail"));
        }
    }
}
