package dev.zeroftpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/rfc-compliance.md: each of its rows names a test, and each named test exists. */
class ComplianceTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Path> TESTS =
            List.of(ROOT.resolve("ftpd/src/test/java"), ROOT.resolve("integration-tests/src/test/java"));
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** The rows of all tables: what begins with a bar and is neither a heading nor the line below one. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/rfc-compliance.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| command"))
                .toList();
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(60)
                .allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void everyNamedTestExists() throws IOException {
        for (String row : rows()) {
            Matcher test = TEST.matcher(row);
            while (test.find()) {
                assertThat(source(test.group(1))).as(row).contains("void " + test.group(2) + "(");
            }
        }
    }

    private static String source(String className) throws IOException {
        for (Path tests : TESTS) {
            try (Stream<Path> files = Files.walk(tests)) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().equals(className + ".java"))
                        .toList();
                if (!found.isEmpty()) {
                    return Files.readString(found.getFirst());
                }
            }
        }
        throw new AssertionError("there is no test class " + className);
    }
}
