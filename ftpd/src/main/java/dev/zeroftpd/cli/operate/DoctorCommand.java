package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ftpd doctor}: whether clients can do what they should be able to do. One thread. */
@Command(
        name = "doctor",
        description = {
            "Has the running server look for what its clients would run into: dials the address that PASV announces,"
                    + " reads the certificate, opens every home, says what firewall and NAT have to let through.",
            "The exit code is 1 if something is wrong. \"ftpd check\" looks at the files, without a server."
        })
final class DoctorCommand extends OperatorCommand {

    @Option(names = "--json", description = "Print a JSON array, for programs.")
    private boolean json;

    DoctorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        List<Map<String, Object>> found = server.ask(Map.of("command", "doctor"));
        if (json) {
            say(JsonLine.of(found));
        } else {
            found.forEach(each -> say(mark(each) + Shown.text(each, "about") + ": " + Shown.text(each, "text")));
        }
        return found.stream().anyMatch(DoctorCommand::isWrong) ? ExitCode.FAILED : ExitCode.FINE;
    }

    private static boolean isWrong(Map<String, Object> finding) {
        return Shown.text(finding, "severity").equals("wrong");
    }

    private static String mark(Map<String, Object> finding) {
        return switch (Shown.text(finding, "severity")) {
            case "wrong" -> "WRONG    ";
            case "doubtful" -> "doubtful ";
            default -> "fine     ";
        };
    }
}
