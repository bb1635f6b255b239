package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegedPortsTest {

    @TempDir
    private Path folder;

    private List<String> problems(String lines, int firstForEverybody) throws Exception {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), lines);
        Settings settings = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        return PrivilegedPorts.problems(settings, "ftp", firstForEverybody).stream()
                .map(Problem::what)
                .toList();
    }

    @Test
    void namesThePortsThatAreBoundLater() throws Exception {
        assertThat(problems("passive.ports=900-1100\nactive.local-port=20\n", 1024))
                .containsExactly(
                        "passive.ports=900-1100 is bound while the server runs, as ftp, who may bind no port below"
                                + " 1024",
                        "active.local-port=20 is bound while the server runs, as ftp, who may bind no port below 1024");
    }

    @Test
    void hasNothingAgainstPortsThatEverybodyMayBind() throws Exception {
        assertThat(problems("passive.ports=900-1100\nactive.local-port=20\n", 0))
                .isEmpty();
        assertThat(problems("listener.port=21\npassive.ports=0\n", 1024)).isEmpty();
    }
}
