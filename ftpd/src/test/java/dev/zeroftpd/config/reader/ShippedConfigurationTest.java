package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the files of {@code config/} and {@code docs/} to what the loader does. */
class ShippedConfigurationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    /** Not those of accounts, whose keys have no dot. */
    private static final Pattern SETTING_ROW = Pattern.compile("\\| `[a-z0-9-]+\\.[A-Za-z]");

    private static final Path SHIPPED = ROOT.resolve("config/ftpd.properties");

    @TempDir
    private Path directory;

    @Test
    void theShippedFileChangesNothing() throws Exception {
        LoadedSettings loaded = SettingsLoader.load(SettingsSources.ofFile(SHIPPED));
        assertThat(loaded.origins()).isEmpty();
        assertThat(loaded.settings().users().file()).isEqualTo(ROOT.resolve("users.properties"));
    }

    @Test
    void theShippedFileShowsEveryKeyWithItsDefault() throws Exception {
        PropertiesFile shown = PropertiesFile.read(uncommented());
        Map<String, String> values = shown.entries().stream()
                .filter(entry -> !entry.key().startsWith("listener.secure."))
                .filter(entry -> !entry.key().startsWith("tls.shop."))
                .collect(Collectors.toMap(PropertiesFile.Entry::key, PropertiesFile.Entry::value));
        Map<String, String> defaults =
                SettingKeys.ALL.stream().collect(Collectors.toMap(SettingKey::name, SettingKey::defaultText));
        assertThat(values).isEqualTo(defaults);
    }

    @Test
    void theDocumentationShowsEveryKeyWithItsDefault() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
                .filter(line -> SETTING_ROW.matcher(line).lookingAt())
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1))
                        .strip())
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(SettingKeys.ALL.stream()
                        .map(key -> ("| `" + key.name() + "` | " + code(key.defaultText())).strip())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) throws Exception {
        Path copy = directory.resolve(ROOT.relativize(example));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(example, copy);
        // What the example's README tells to make.
        Files.writeString(copy.resolveSibling("server.crt"), "");
        Files.writeString(copy.resolveSibling("server.key"), "");
        LoadedSettings loaded = SettingsLoader.load(SettingsSources.ofFile(copy));
        assertThat(loaded.origins()).isNotEmpty();
        Path users = loaded.settings().users().file();
        assertThat(ROOT.resolve(directory.relativize(users))).exists();
        assertThat(example.resolveSibling("README.md")).exists();
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("config/examples"))) {
            return files.filter(file -> file.endsWith("ftpd.properties")).toList();
        }
    }

    private Path uncommented() throws IOException {
        String text = Files.readAllLines(SHIPPED).stream()
                .map(line -> line.matches("#[a-z].*=.*") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        return Files.writeString(directory.resolve("all.properties"), text);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
