package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.plugin.SourceChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a plugin, which the server hands on without knowing them. */
class SourceReaderTest {

    @TempDir
    private Path folder;

    private LoadedSettings load(String text, Map<String, String> environment, String... assignments) throws Exception {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), text);
        return SettingsLoader.load(
                new SettingsSources(Optional.of(file), file, environment, List.of(assignments), folder));
    }

    @Test
    void handsOnWhatBeginsWithTheNameOfThePluginAndTheStrongestSourceWins() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        LoadedSettings loaded =
                load("""
                    ldap.url=ldaps://one
                    users.source=ldap
                    users.source-stale=1h
                    ldap.password-file=secret
                    ldap.base=dc=example
                    """, Map.of("FTPD_LDAP_URL", "ldaps://two", "FTPD_LDAP_BIND_DN", "cn=x"), "ldap.base=dc=other");
        SourceChoice choice = loaded.settings().users().source().orElseThrow();

        assertThat(choice.name()).isEqualTo("ldap");
        assertThat(choice.stale()).isEqualTo(Duration.ofHours(1));
        assertThat(choice.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(choice.values())
                .isEqualTo(Map.of(
                        "url",
                        "ldaps://two",
                        "bind-dn",
                        "cn=x",
                        "base",
                        "dc=other",
                        "password-file",
                        secret.toString()));
        assertThat(choice.files()).containsExactly(secret);
        assertThat(choice.secrets()).containsExactly(secret);
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.origins()).containsKey("ldap.url");
    }

    @Test
    void settingsOfAPluginThatIsNotChosenAreUnknown() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("ldap.url=ldaps://one\n", Map.of()))
                .withMessageContaining(":1: ldap.url is not a setting; set users.source=ldap too, or remove it");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("users.source=ldap\nsql.url=x\nldap.url=ldaps://one\n", Map.of()))
                .withMessageContaining(":2: sql.url is not a setting")
                .withMessageNotContaining("ldap.url");
    }

    @Test
    void refusesSecretsInTheUrlsOfAPlugin() {
        for (String line : List.of(
                "ldap.url=ldaps://one, ldaps://cn=x:hush@two",
                "ldap.home=s3x://key:hush@bucket/${user}",
                "ldap.home=s3x://key:hush@bucket/${user} # ours")) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> load("users.source=ldap\n" + line + "\n", Map.of()))
                    .withMessageContaining(":2: " + line.substring(0, line.indexOf('=')) + " has a secret in its URI")
                    .withMessageNotContaining("hush");
        }
    }

    @Test
    void aPluginCanNotBeCalledAsSettingsOfTheServerBegin() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("users.source=limits\nlimits.sesions=1\n", Map.of()))
                .withMessageContaining("users.source=limits is what settings of the server begin with")
                .withMessageContaining("limits.sesions is not a setting");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("users.source=../x\n", Map.of()))
                .withMessageContaining("is no name of a plugin");
    }

    @Test
    void aFileThatIsNotThereIsAProblemOfItsLine() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("users.source=ldap\nldap.password-file=gone\n", Map.of()))
                .withMessageContaining(":2: ldap.password-file=gone names " + folder.resolve("gone"));
    }
}
