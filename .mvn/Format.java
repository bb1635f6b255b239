import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the build's Java sources with palantir-java-format, or checks that they are. Run by the parent pom as a
 * source-file program on the build's own JDK: inside Maven's JVM, which may be 17, the formatter can't read the language
 * level of this project.
 *
 * <p>Usage: {@code java Format.java check|apply ROOT}. Prints each file that differs; exit code 1 if {@code check}
 * found one or a file can't be parsed.
 */
final class Format {

    private static final JavaFormatterOptions OPTIONS = JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build();

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean apply = switch (arguments[0]) {
            case "apply" -> true;
            case "check" -> false;
            default -> throw new IllegalArgumentException("check or apply, not " + arguments[0]);
        };
        List<String> complaints = sources(Path.of(arguments[1]))
                .parallel()
                .flatMap(file -> format(file, apply).stream())
                .sorted()
                .toList();
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            System.err.println("To format everything: mvn -q -N process-sources -Dformat=apply");
            System.exit(1);
        }
    }

    /** The sources of every module: {@code ROOT/MODULE/src/**}, {@code ROOT/plugins/MODULE/src/**}, and this file. */
    private static Stream<Path> sources(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(root.resolve(".mvn/Format.java"));
        try (Stream<Path> modules = Files.list(root);
                Stream<Path> plugins = Files.list(root.resolve("plugins"))) {
            for (Path folder : Stream.concat(modules, plugins)
                    .map(module -> module.resolve("src"))
                    .toList()) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> tree = Files.walk(folder)) {
                        tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files.stream();
    }

    private static List<String> format(Path file, boolean apply) {
        try {
            String source = Files.readString(file);
            String formatted = Formatter.createFormatter(OPTIONS).formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                return List.of();
            }
            if (apply) {
                Files.writeString(file, formatted);
                return List.of();
            }
            return List.of(file + ": not formatted");
        } catch (FormatterException | IOException e) {
            return List.of(file + ": " + e.getMessage());
        }
    }
}
