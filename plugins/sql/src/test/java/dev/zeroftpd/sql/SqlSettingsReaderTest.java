package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may write, and is told. */
class SqlSettingsReaderTest {

    @TempDir
    private Path folder;

    private static SqlSettings read(Map<String, String> values) throws InvalidSettingsException {
        return SqlSettingsReader.read(new SourceSettings(new TreeMap<>(values), Duration.ofSeconds(10)));
    }

    private static SqlSettings ofUrl(String url) throws InvalidSettingsException {
        return read(Map.of("url", url, "user", "ftp"));
    }

    private static List<InvalidSettingsException.Fault> faults(Map<String, String> values) {
        return assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> read(values))
                .actual()
                .faults();
    }

    private static String faultOf(String url) {
        return faults(Map.of("url", url, "user", "ftp")).toString();
    }

    @Test
    void readsWhatIsSaidAndKnowsTheRest() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\nmore\n");
        SqlSettings settings = read(Map.of(
                "url", "jdbc:postgresql://one:5433,two/accounts?currentSchema=ftp&targetServerType=any",
                "user", "ftp",
                "password-file", password.toString(),
                "home", "/srv/${user}",
                "keys", "false",
                "connections", "3"));
        assertThat(settings.url().text()).isEqualTo("jdbc:postgresql://one:5433,two/accounts");
        assertThat(settings.url().hosts()).containsExactly("one", "two");
        assertThat(settings.url().parameters())
                .containsOnly(Map.entry("currentSchema", "ftp"), Map.entry("targetServerType", "any"));
        assertThat(settings.password()).contains("secret");
        assertThat(settings.home()).contains("/srv/${user}");
        assertThat(settings.keys()).isFalse();
        assertThat(settings.connections()).isEqualTo(3);
        assertThat(settings.timeout()).hasSeconds(5);
        assertThat(settings.toString()).doesNotContain("secret");

        SqlSettings least = ofUrl("jdbc:postgresql://db.example.org/accounts");
        assertThat(least.keys()).isTrue();
        assertThat(least.connections()).isEqualTo(8);
        assertThat(least.password()).isEmpty();
    }

    @Test
    @Tag("attack")
    void onlyADatabaseOnThisMachineMayDoWithoutTls() throws Exception {
        assertThat(ofUrl("jdbc:postgresql://db.example.org/a").url().sslMode()).isEqualTo("verify-full");
        assertThat(ofUrl("jdbc:postgresql://db.example.org/a?sslmode=verify-full")
                        .url()
                        .sslMode())
                .isEqualTo("verify-full");
        for (String local : List.of("localhost", "127.0.0.1:5433", "127.9.9.9", "[::1]")) {
            assertThat(ofUrl("jdbc:postgresql://" + local + "/a").url().sslMode())
                    .isEqualTo("disable");
            assertThat(ofUrl("jdbc:postgresql://" + local + "/a?sslmode=verify-full")
                            .url()
                            .sslMode())
                    .isEqualTo("verify-full");
        }
        for (String host :
                List.of("db", "localhost.example.org", "127.0.0.1.example.org", "localhost,db", "[::2]", "10.0.0.1")) {
            assertThat(ofUrl("jdbc:postgresql://" + host + "/a").url().sslMode())
                    .isEqualTo("verify-full");
            for (String mode : List.of("disable", "allow", "prefer", "require", "verify-ca", "")) {
                assertThat(faultOf("jdbc:postgresql://" + host + "/a?sslmode=" + mode))
                        .contains("sql.url has sslmode=" + mode)
                        .contains("write sslmode=verify-full");
            }
        }
    }

    @Test
    @Tag("attack")
    void nothingOfAUrlMakesTlsBelieveAnyServerOrLoadsAClass() {
        for (String parameter : List.of(
                "sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "sslhostnameverifier=x",
                "socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
                "loggerFile=/tmp/x",
                "ssl=false",
                "sslrootcert=/tmp/x",
                "preferQueryMode=simple",
                "service=x",
                "SSLMODE=disable",
                "%73slmode=disable",
                "options=-c%20x")) {
            assertThat(faultOf("jdbc:postgresql://db/a?" + parameter))
                    .contains("sql.url has the parameter " + parameter.substring(0, parameter.indexOf('=')));
        }
        assertThat(faultOf("jdbc:postgresql://db/a?sslmode=verify-full&sslmode=disable"))
                .contains("twice");
    }

    @Test
    void noSecretMayBeInTheUrlAndNoneIsShown() {
        assertThat(faultOf("jdbc:postgresql://db/a?password=hush"))
                .contains("parameter password")
                .contains("sql.password-file")
                .doesNotContain("hush");
        assertThat(faultOf("jdbc:postgresql://ftp:hush@db/a"))
                .contains("is not the URL of a PostgreSQL database")
                .doesNotContain("hush");
        assertThat(faultOf("jdbc:postgresql://db/a?password=x&hush"))
                .contains("a parameter without a value")
                .doesNotContain("hush");
        assertThat(faultOf("jdbc:postgresql://db/a?user=x")).contains("set sql.user");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThat(faults(Map.of(
                        "url", "mysql://db/a",
                        "password-file", empty.toString(),
                        "keys", "maybe",
                        "connections", "0",
                        "table", "x")))
                .extracting(InvalidSettingsException.Fault::what)
                .containsExactlyInAnyOrder(
                        "sql.url is not the URL of a PostgreSQL database",
                        "sql.user is missing",
                        "sql.password-file has nothing in its first line",
                        "sql.keys=maybe is neither yes nor no",
                        "sql.connections=0 is not a number that fits",
                        "sql.table is not a setting of the plugin");
        assertThat(faults(Map.of("user", "x")).toString()).contains("sql.url is missing");
        assertThat(faults(Map.of("url", "jdbc:postgresql://localhost/a", "user", "x", "ca-file", "/x"))
                        .toString())
                .contains("sql.ca-file means nothing without TLS");
    }
}
