package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of the plugin, and what it costs where it isn't used. */
class PluginCheckIT {

    private static final String USERS = "ftpserver.user.local.homedirectory=files\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(folder.resolve("files"));
        Ftpd.install(folder);
    }

    private Ftpd.Ran check(Map<String, String> settings, String... words) throws Exception {
        Path file = Ftpd.configure(folder, settings, USERS);
        String[] all = new String[words.length + 3];
        all[0] = "check";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return Ftpd.run(folder, all);
    }

    @Test
    void checkNamesThePluginAndAStrictOneTriesTheDatabase() throws Exception {
        Database database = Database.shared();
        database.create("checked", Database.script("schema.sql"));
        Files.writeString(folder.resolve("password"), Database.PASSWORD);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "users.source", "sql",
                "users.source-timeout", "4s",
                "sql.url", database.url("checked"),
                "sql.user", Database.USER,
                "sql.password-file", "password"));
        Ftpd.Ran fine = check(settings, "--strict");
        assertThat(fine.code()).as("%s", fine.text()).isZero();
        assertThat(fine.text())
                .contains(folder.resolve("plugins/zeroftpd-sql.jar").toString())
                .containsPattern("Plugin +users\\.source=sql")
                .contains(", and more from sql");

        settings.put("sql.url", database.url("nosuch"));
        Ftpd.Ran away = check(settings, "--strict");
        assertThat(away.code()).isEqualTo(2);
        assertThat(away.text()).contains("users.source=sql can't be used now: ").contains("\"nosuch\" does not exist");
        assertThat(check(settings).code()).isZero();

        settings.put("sql.url", "jdbc:postgresql://db.example.org/accounts?sslmode=require");
        Ftpd.Ran wrong = check(settings);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.text())
                .containsPattern("ftpd\\.properties:\\d+: sql\\.url has sslmode=require")
                .contains("write sslmode=verify-full");
    }

    @Test
    void aMissingPluginIsNamedAndWhereItBelongs() throws Exception {
        try (Stream<Path> jars = Files.list(folder.resolve("plugins"))) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
        Ftpd.Ran missing = check(Map.of("users.source", "sql", "sql.url", "jdbc:postgresql://x/y"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.text())
                .contains("users.source=sql, but no plugin brings accounts from there")
                .contains("put the jars of zeroftpd-sql into " + folder.resolve("plugins"));
    }

    @Test
    void nothingOfAPluginIsLoadedWhereItIsNotChosen() throws Exception {
        Ftpd.configure(folder, Map.of(), USERS);
        try (Ftpd server = Ftpd.start(folder)) {
            assertThat(server.login("nobody", "x")).startsWith("530");
            assertThat(server.classes())
                    .contains("dev.zeroftpd.cli.Main")
                    .doesNotContain("dev.zeroftpd.sql", "com.zaxxer", "org.postgresql", "java.sql.");
        }
    }
}
