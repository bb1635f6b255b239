package dev.zeroftpd.config.reader;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** ftpd.properties, variables and --set: read, or refused with all mistakes. */
public final class SettingsFuzzer {

    private static final Path FOLDER = folder();

    private SettingsFuzzer() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("fuzzed");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        SettingKey<?> variable = data.pickValue(SettingKeys.ALL);
        String value = data.consumeString(40);
        String assignment = data.consumeString(60);
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 0) {
            if (data.consumeBoolean()) {
                text.append(data.pickValue(SettingKeys.ALL).name()).append('=');
            }
            text.append(data.consumeString(60)).append('\n');
        }
        Path file = FOLDER.resolve("ftpd.properties");
        file.toFile().deleteOnExit();
        Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        String name = "FTPD_"
                + variable.name().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        try {
            SettingsLoader.load(
                    new SettingsSources(Optional.of(file), file, Map.of(name, value), List.of(assignment), FOLDER));
        } catch (ConfigException refused) {
            if (refused.problems().isEmpty()) {
                throw new IllegalStateException("refused without a reason");
            }
        }
    }
}
