package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server an operator's command means: a mistake must not lead to another one. */
class ControlSocketKeyTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("ftpd.properties");
        Files.writeString(file, "control.socket=one.sock\n");
    }

    private Optional<Path> read(Optional<Path> named, String... assignments) throws ConfigException {
        return SettingsLoader.controlSocket(new SettingsSources(named, file, Map.of(), List.of(assignments), folder));
    }

    private void assertRefused(String why, Optional<Path> named, String... assignments) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(named, assignments))
                .withMessageContaining(why);
    }

    @Test
    void isReadWhateverElseIsWrongInTheFile() throws Exception {
        Files.writeString(file, "control.socket=one.sock\nlimits.sessions=many\nnonsense=1\n");
        assertThat(read(Optional.empty())).contains(folder.resolve("one.sock"));
    }

    @Test
    void isRefusedWhereTheQuestionIsWrong() {
        assertRefused("did you mean control.socket?", Optional.empty(), "control.sockt=/run/other.sock");
        assertRefused("there is no value", Optional.empty(), "control.socket");
        assertRefused("the configuration", Optional.of(folder.resolve("missing.properties")));
    }

    @Test
    void isRefusedWhereItIsWrongItself() throws Exception {
        Files.writeString(file, "control.socket=one.sock\ncontrol.socket=two.sock\n");
        assertRefused("set twice", Optional.empty());
        Files.writeString(file, "control.socket=\\u12\n");
        assertRefused("ftpd.properties:1", Optional.empty());
    }
}
