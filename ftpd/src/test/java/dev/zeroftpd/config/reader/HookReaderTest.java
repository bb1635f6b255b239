package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zeroftpd.config.hook.HookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookReaderTest {

    @TempDir
    private Path folder;

    private LoadedSettings load(String line) throws Exception {
        return SettingsLoader.load(
                SettingsSources.ofFile(Files.writeString(folder.resolve("ftpd.properties"), line + "\n")));
    }

    @Test
    void nothingIsToldWhereNothingIsSet() throws Exception {
        HookSettings hooks = load("").settings().hooks();
        assertThat(hooks.isEmpty()).isTrue();
        assertThat(hooks)
                .isEqualTo(new HookSettings(
                        new TreeMap<>(), Optional.empty(), Duration.ofSeconds(30), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/opt/hooks/told",
                "https://example.org",
                "https://example.org:8443/a?b=c",
                "http://127.0.0.1:8080/hook",
                "http://127.9.8.7/",
                "http://[::1]:8080/"
            })
    void takesProgramsAndServers(String target) throws Exception {
        assertThat(load("hook.upload=" + target).settings().hooks().events().get("upload"))
                .hasToString(target);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        told                              | neither the absolute path of a program nor a URL
        ../told                           | neither the absolute path of a program nor a URL
        http://example.org/               | over the network in clear
        http://localhost:8080/            | over the network in clear
        http://127.0.0.1.example.org/     | over the network in clear
        http://127.0.0.1@example.org/     | a host and a path alone
        http://[::ffff:192.0.2.1]/        | over the network in clear
        http://0x7f000001/                | over the network in clear
        https://user@example.org/         | a host and a path alone
        https://example.org/#part         | a host and a path alone
        https:///path                     | not a URL
        httpx://example.org/              | another kind
        """)
    void refusesWhatCouldGoElsewhere(String target, String why) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load("hook.upload=" + target));
        assertThat(refused).hasMessageContaining("hook.upload=" + target).hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook.upload=https://user:hush@example.org/",
                "hook.upload=https://example.org/?token=hush",
                "hook.upload=https//user:hush@example.org/",
                "hook.upload-check=https://user:hush@example.org/",
                "users.check=https://user:hush@example.org/ # ours",
                "tls.certificate=https://user:hush@example.org/certificate.pem",
                "tls.shop.certificate=https://user:hush@example.org/certificate.pem",
                "users.file=s3x://key:hush@bucket/users.properties"
            })
    void noSecretOfAUriIsRepeated(String line) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(line));
        assertThat(refused)
                .hasMessageContaining(line.substring(0, line.indexOf('=')))
                .hasMessageNotContaining("hush");
    }

    /** A password of a key store may look like anything. */
    @Test
    void aPasswordMayLookLikeAUri() {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> load("tls.keystore-password=s3x://a:b@c"));
        assertThat(refused).hasMessageNotContaining("URI").hasMessageNotContaining("a:b");
    }

    @Test
    void aCheckIsAProgram() {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> load("hook.upload-check=https://example.org/"));
        assertThat(refused).hasMessageContaining("absolute path of a program");
    }

    @Test
    void aQuarantineWithoutACheckIsAMistake() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load("hook.quarantine=refused"));
        assertThat(refused).hasMessageContaining("hook.upload-check is not");
    }
}
