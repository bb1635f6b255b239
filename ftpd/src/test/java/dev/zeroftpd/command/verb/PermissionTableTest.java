package dev.zeroftpd.command.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.command.EveryVerb;
import dev.zeroftpd.rights.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/accounts.md has what the rows of the verbs need; PermissionTableIT has a server do it, cell by cell. */
class PermissionTableTest {

    private static final String BEGIN = "<!-- written by PermissionTableTest -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void theDocumentationSaysWhatTheRowsNeed() throws IOException {
        String text = Files.readString(Path.of("../docs/accounts.md"));
        String written = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));

        assertThat(written).isEqualTo(String.join("\n", table()) + "\n");
    }

    private static List<String> table() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| verb | "
                + Arrays.stream(Permission.values())
                        .map(permission -> permission.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" | "))
                + " |");
        lines.add("|---".repeat(Permission.values().length + 1) + "|");
        Verbs verbs = EveryVerb.table();
        verbs.names().stream()
                .map(name -> verbs.find(name).orElseThrow())
                .distinct()
                .filter(verb -> verb.rules().need().isOfPaths())
                .map(PermissionTableTest::row)
                .sorted()
                .forEach(lines::add);
        lines.add("");
        lines.add("**needs**: must have it. **or**: one of these is enough. **new**: if nothing has that name."
                + " **existing**: if something has it.");
        return lines;
    }

    private static String row(Verb verb) {
        return "| " + String.join(", ", verb.names()) + " | "
                + Arrays.stream(Permission.values())
                        .map(permission -> cell(verb.rules().need(), permission))
                        .collect(Collectors.joining(" | "))
                + " |";
    }

    private static String cell(Need need, Permission permission) {
        if (need.enough().contains(permission)) {
            return need.enough().size() == 1 ? "needs" : "or";
        }
        if (need.ofNew().filter(permission::equals).isPresent()) {
            return "new";
        }
        return need.ofExisting().filter(permission::equals).isPresent() ? "existing" : "";
    }
}
