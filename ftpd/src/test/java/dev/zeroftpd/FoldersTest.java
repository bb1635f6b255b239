package dev.zeroftpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the size of folders and files of sources: what one looks at as a whole has to fit on a screen. */
class FoldersTest {

    private static final long MOST_FILES = 30;

    private static final long MOST_LINES = 400;

    private static final List<String> TREES =
            List.of("ftpd/src", "integration-tests/src", "benchmarks/src", "fuzzing/src", "plugins", "page/src");

    private static final List<String> OURS = List.of(".java", ".ts");

    @Test
    void noFolderOfSourcesHasMoreThanThirtyFiles() throws IOException {
        Map<Path, Long> crowded =
                sources().stream()
                        .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(folder -> folder.getValue() > MOST_FILES)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(crowded).isEmpty();
    }

    @Test
    void noFileHasMoreThanFourHundredLines() throws IOException {
        List<Path> tooLong = sources().stream().filter(FoldersTest::isTooLong).toList();
        assertThat(tooLong).isEmpty();
    }

    private static boolean isTooLong(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count() > MOST_LINES;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String tree : TREES) {
            Path root = NamedTests.ROOT.resolve(tree);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(FoldersTest::isSource).forEach(found::add);
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(500);
        return found;
    }

    private static boolean isSource(Path file) {
        return OURS.stream().anyMatch(file.toString()::endsWith)
                && file.toString().contains("/src/")
                && !file.toString().contains("/target/");
    }
}
