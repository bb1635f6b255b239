package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import dev.zeroftpd.cli.text.Table;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ftpd quota}: what accounts have stored, and may store. One thread. */
@Command(
        name = "quota",
        description = {
            "Shows what accounts with a quota have stored, and may store.",
            "\"ftpd quota scan [NAME]\" counts their homes anew by a look at each file, and corrects what was known:"
                    + " after other programs have changed files there. It returns when that is done.",
        })
final class QuotaCommand extends OperatorCommand {

    private static final String SCAN = "scan";

    private static final int MOST_WORDS = 2;

    @Parameters(arity = "0..2", paramLabel = "[scan] [NAME]", description = "One account; without it, all of them.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print a JSON array, for programs.")
    private boolean json;

    QuotaCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Server server) throws Unanswered, IOException {
        boolean scan = !words.isEmpty() && words.getFirst().equals(SCAN);
        if (words.size() == MOST_WORDS && !scan) {
            throw new Unanswered("name one account, or none", ExitCode.WRONG);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("command", scan ? "quota-scan" : "quota");
        words.stream().skip(scan ? 1 : 0).forEach(name -> request.put("user", name));
        List<Map<String, Object>> answer = server.ask(request);
        if (json) {
            say(JsonLine.of(answer));
        } else {
            (scan ? scanned(answer) : shown(answer)).lines().forEach(this::say);
        }
        return ExitCode.FINE;
    }

    private static Table shown(List<Map<String, Object>> answer) {
        Table table = new Table("USER", "USED", "OF", "FILES", "OF", "COUNTED", "HOME");
        for (Map<String, Object> line : answer) {
            table.add(
                    Shown.text(line, "user"),
                    Shown.bytes(Shown.number(line, "bytes")),
                    bytes(line.get("bytes_limit")),
                    Shown.text(line, "files"),
                    Shown.text(line, "files_limit"),
                    line.get("counting") == null
                            ? Shown.text(line, "counted")
                            : "now, " + Shown.text(line, "counting") + " files so far",
                    Shown.text(line, "home"));
        }
        return table;
    }

    private static Table scanned(List<Map<String, Object>> answer) {
        Table table = new Table("HOME", "BYTES", "FILES", "CORRECTED BY", "");
        for (Map<String, Object> line : answer) {
            table.add(
                    Shown.text(line, "home"),
                    Shown.text(line, "bytes"),
                    Shown.text(line, "files"),
                    Shown.text(line, "bytes_corrected") + " bytes, " + Shown.text(line, "files_corrected") + " files",
                    Boolean.FALSE.equals(line.get("exact")) ? "changed meanwhile: scan again for exact numbers" : "");
        }
        return table;
    }

    private static String bytes(@Nullable Object limit) {
        return limit instanceof Number number ? Shown.bytes(number.longValue()) : "-";
    }
}
