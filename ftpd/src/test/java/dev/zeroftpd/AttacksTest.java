package dev.zeroftpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds SECURITY/ATTACKS.md: each attack names tests that exist and that {@code integration-tests/bin/attacks} runs, and what
 * that runs is in the table.
 */
class AttacksTest {

    private static final Path DOCUMENT = NamedTests.ROOT.resolve("SECURITY/ATTACKS.md");

    private static final String TAG = "@Tag\\(\"attack\"\\)";

    private static final Pattern TAGGED_CLASS = Pattern.compile("(?m)^" + TAG + "\\R(?:final )?class (\\w+)");

    private static final Pattern TAGGED_TEST = Pattern.compile("(?m)^    " + TAG + "\\R    void (\\w+)\\(");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| attack |"))
                .toList();
    }

    @Test
    void everyAttackNamesATestThatRunsWithTheOthers() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(20);
        for (String row : rows()) {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).as(row).hasSize(5);
            Matcher named = NamedTests.NAME.matcher(cells[3]);
            assertThat(named.find()).as(row).isTrue();
            do {
                String source = NamedTests.source(named.group(1));
                assertThat(source).as(row).contains("void " + named.group(2) + "(");
                assertThat(isTagged(source, named.group(2))).as(named.group()).isTrue();
            } while (named.find());
        }
    }

    private static boolean isTagged(String source, String test) {
        return TAGGED_CLASS.matcher(source).find()
                || Pattern.compile(TAG + "\\R    void " + test + "\\(")
                        .matcher(source)
                        .find();
    }

    @Test
    void everyTaggedTestStandsInTheTable() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Path source : NamedTests.sources()) {
            String name = source.getFileName().toString().replace(".java", "");
            Matcher tagged = TAGGED_TEST.matcher(Files.readString(source));
            while (tagged.find()) {
                assertThat(document).contains("`" + name + "#" + tagged.group(1) + "`");
            }
        }
    }

    @Test
    void everyTaggedClassStandsInTheTable() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Path source : NamedTests.sources()) {
            Matcher tagged = TAGGED_CLASS.matcher(Files.readString(source));
            if (tagged.find()) {
                assertThat(document).contains("`" + tagged.group(1) + "#");
            }
        }
    }
}
