package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.spi.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugin says of names, with a real database. */
class SqlSourceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void makeTables() throws Exception {
        database = Database.shared();
        database.create("accounts", Database.script("schema.sql"));
        database.account("accounts", "bob", "secret of bob");
        database.account("accounts", "x' OR 1=1 --", "odd");
        database.key("accounts", "bob", "groups", "staff");
        database.key("accounts", "bob", "permissions./in coming", "upload");
        database.key("accounts", "bob", "quota-bytes", "1MiB");
        Files.writeString(folder.resolve("password"), Database.PASSWORD + "\nnot this\n");
    }

    private static Map<String, String> way(String name) {
        return new TreeMap<>(Map.of(
                "url", database.url(name),
                "user", Database.USER,
                "password-file", folder.resolve("password").toString()));
    }

    private static AccountSource open(Map<String, String> way) throws InvalidSettingsException {
        return open(way, TIMEOUT);
    }

    private static AccountSource open(Map<String, String> way, Duration timeout) throws InvalidSettingsException {
        return new SqlSourceProvider().open(new SourceSettings(new TreeMap<>(way), timeout));
    }

    private static LoginAnswer ask(AccountSource source, String name) throws InterruptedException {
        return source.ask(new LoginQuestion(name, "any", Optional.empty(), false, new TreeSet<>()));
    }

    @Test
    void anAccountIsItsRowAndItsKeys() throws Exception {
        Map<String, String> way = way("accounts");
        way.put("home", "/srv/${user}");
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "bob"))
                    .isEqualTo(new LoginAnswer.Stored(
                            "secret of bob",
                            Map.of(
                                    "enableflag", "true",
                                    "homedirectory", "/srv/${user}",
                                    "groups", "staff",
                                    "permissions./in coming", "upload",
                                    "quota-bytes", "1MiB")));
            assertThat(source.fault()).isEmpty();
            assertThat(ask(source, "bob").toString()).doesNotContain("secret");
        }
    }

    @Test
    void theTableOfApacheFtpServerWorksAsItIs() throws Exception {
        database.create(
                "stock",
                Database.script("apache-ftpserver.sql"),
                "INSERT INTO FTP_USER (userid, userpassword, homedirectory)"
                        + " VALUES ('user1', '6E6FDF956D04289354DCF1619E28FE77', 'home')",
                "INSERT INTO FTP_USER VALUES ('user2', 'x', 'home', false, true, 2, 5, 1, 3, 4)",
                "INSERT INTO FTP_USER (userid, homedirectory, enableflag) VALUES ('user3', 'home', NULL)");
        Map<String, String> way = way("stock");
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "user1")).isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(source.fault().orElseThrow()).contains("ftp_user_key");
        }
        way.put("keys", "false");
        try (AccountSource source = open(way)) {
            LoginAnswer.Stored first = (LoginAnswer.Stored) ask(source, "user1");
            assertThat(first.password()).isEqualTo("6E6FDF956D04289354DCF1619E28FE77");
            assertThat(first.keys())
                    .containsOnly(
                            Map.entry("homedirectory", "home"),
                            Map.entry("enableflag", "true"),
                            Map.entry("writepermission", "false"),
                            Map.entry("idletime", "0"),
                            Map.entry("uploadrate", "0"),
                            Map.entry("downloadrate", "0"),
                            Map.entry("maxloginnumber", "0"),
                            Map.entry("maxloginperip", "0"));
            LoginAnswer.Stored second = (LoginAnswer.Stored) ask(source, "user2");
            assertThat(second.keys())
                    .containsEntry("enableflag", "false")
                    .containsEntry("writepermission", "true")
                    .containsEntry("idletime", "2")
                    .containsEntry("uploadrate", "5")
                    .containsEntry("downloadrate", "1")
                    .containsEntry("maxloginnumber", "3")
                    .containsEntry("maxloginperip", "4");
            LoginAnswer.Stored third = (LoginAnswer.Stored) ask(source, "user3");
            assertThat(third.password()).isEmpty();
            assertThat(third.keys()).containsEntry("enableflag", "false");
        }
    }

    @Test
    @Tag("attack")
    void aNameIsAValueAndExactlyTheOneOfItsRow() throws Exception {
        try (AccountSource source = open(way("accounts"))) {
            for (String name : List.of(
                    "x\\' OR 1=1 --",
                    "' OR ''='",
                    "bob' --",
                    "bob'; DROP TABLE FTP_USER; --",
                    "x' OR 1=1 --\0",
                    "bob\0",
                    "\0",
                    "",
                    "BOB",
                    " bob",
                    "bob ",
                    "b%",
                    "?",
                    "$1",
                    "b\u043Eb", // Cyrillic
                    "bob\u0301",
                    "\uD83D",
                    "x".repeat(10_000),
                    "\uFEFFbob")) {
                assertThat(ask(source, name)).as("%s", name).isEqualTo(new LoginAnswer.Absent());
            }
            assertThat(ask(source, "x' OR 1=1 --"))
                    .isEqualTo(new LoginAnswer.Stored("odd", Map.of("enableflag", "true")));
            assertThat(ask(source, "bob")).isInstanceOf(LoginAnswer.Stored.class);
        }
    }

    @Test
    @Tag("attack")
    void whatTheDatabaseTakesForTheSameNameIsAnotherAccount() throws Exception {
        database.create(
                "lax",
                "CREATE COLLATION lax (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                Database.script("schema.sql")
                        .replace("userid          VARCHAR(128)", "userid VARCHAR(128) COLLATE lax"),
                "INSERT INTO FTP_USER (userid, userpassword) VALUES ('bob', 'x')");
        Map<String, String> way = way("lax");
        way.put("keys", "false");
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "BOB")).isEqualTo(new LoginAnswer.Absent());
            assertThat(ask(source, "b\u00F3b")).isEqualTo(new LoginAnswer.Absent());
            assertThat(ask(source, "bob")).isInstanceOf(LoginAnswer.Stored.class);
        }
    }

    @Test
    void aNameThatTheDatabaseCanNotWriteIsNone() throws Exception {
        database.execute("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
        database.execute("latin", Database.script("schema.sql"), "GRANT SELECT ON FTP_USER, FTP_USER_KEY TO ftp");
        try (AccountSource source = open(way("latin"))) {
            assertThat(ask(source, "\u4F60")).isEqualTo(new LoginAnswer.Absent());
            assertThat(ask(source, "nobody")).isEqualTo(new LoginAnswer.Absent());
        }
    }

    @Test
    void aKeyThatIsThereTwiceIsNone() throws Exception {
        database.create(
                "loose",
                Database.script("schema.sql"),
                "ALTER TABLE FTP_USER_KEY DROP CONSTRAINT ftp_user_key_pkey",
                "INSERT INTO FTP_USER (userid) VALUES ('bob')",
                "INSERT INTO FTP_USER_KEY VALUES ('bob', 'permissions', 'all'), ('bob', 'permissions', 'read')");
        try (AccountSource source = open(way("loose"))) {
            assertThat(((LoginAnswer.Stored) ask(source, "bob")).keys()).containsKey("permissions (twice)");
        }
    }

    @Test
    void aColumnCountsBeforeAKey() throws Exception {
        database.create(
                "twofold",
                Database.script("schema.sql"),
                "ALTER TABLE FTP_USER_KEY DROP CONSTRAINT ftp_user_key_name_check",
                "INSERT INTO FTP_USER (userid, enableflag) VALUES ('bob', false)",
                "INSERT INTO FTP_USER_KEY VALUES ('bob', 'enableflag', 'true')");
        try (AccountSource source = open(way("twofold"))) {
            assertThat(((LoginAnswer.Stored) ask(source, "bob")).keys()).containsEntry("enableflag", "false");
        }
    }

    @Test
    void aDatabaseThatCanNotBeUsedIsNotAvailable() throws Exception {
        Map<String, String> wrongPassword = way("accounts");
        wrongPassword.put(
                "password-file",
                Files.writeString(folder.resolve("wrong"), "wrong\n").toString());
        Map<String, String> nowhere = way("nowhere");
        Map<String, String> withoutTables = way("postgres");
        for (Map<String, String> way : List.of(wrongPassword, nowhere, withoutTables)) {
            try (AccountSource source = open(way, Duration.ofSeconds(4))) {
                assertThat(ask(source, "bob")).as("%s", way).isInstanceOf(LoginAnswer.Unavailable.class);
                assertThat(source.fault().orElseThrow())
                        .doesNotContain("wrong\n")
                        .isNotBlank();
            }
        }
    }

    /** What waits for a lock ends in the database too, so that no connections pile up there. */
    @Test
    @Tag("attack")
    void aQuestionThatIsNotAnsweredInTimeLeavesNothingInTheDatabase() throws Exception {
        database.create("locked", Database.script("schema.sql"));
        Map<String, String> way = way("locked");
        way.put("connections", "2");
        try (AccountSource source = open(way, Duration.ofSeconds(2));
                Connection owner = database.owner("locked");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE FTP_USER");
            for (int time = 0; time < 3; time++) {
                assertThat(ask(source, "bob")).isInstanceOf(LoginAnswer.Unavailable.class);
                assertThat(database.connections("locked")).isLessThanOrEqualTo(2);
            }
            owner.rollback();
            assertThat(ask(source, "bob")).isEqualTo(new LoginAnswer.Absent());
        }
        await().until(() -> database.connections("locked") == 0);
    }

    @Test
    void aThousandQuestionsAtOnceShareFewConnections() throws Exception {
        database.create("busy", Database.script("schema.sql"), "INSERT INTO FTP_USER (userid) VALUES ('bob')");
        Map<String, String> way = way("busy");
        way.put("connections", "3");
        try (AccountSource source = open(way, Duration.ofMinutes(2));
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<LoginAnswer>> answers = threads.invokeAll(IntStream.range(0, 1000)
                    .<Callable<LoginAnswer>>mapToObj(number -> () -> ask(source, number % 2 == 0 ? "bob" : "bob' --"))
                    .toList());
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get())
                        .isInstanceOf(number % 2 == 0 ? LoginAnswer.Stored.class : LoginAnswer.Absent.class);
            }
            assertThat(database.connections("busy")).isBetween(1, 3);
        }
        await().until(() -> database.connections("busy") == 0);
    }

    @Test
    void itOnlyReads() throws Exception {
        database.execute("accounts", "GRANT INSERT ON FTP_USER TO ftp");
        SourceSettings settings = new SourceSettings(new TreeMap<>(way("accounts")), TIMEOUT);
        try (Connections connections = Connections.to(SqlSettingsReader.read(settings));
                Connection connection = connections.take();
                Statement statement = connection.createStatement()) {
            assertThat(catchThrowable(() -> statement.execute("INSERT INTO FTP_USER (userid) VALUES ('eve')")))
                    .hasMessageContaining("read-only");
        }
    }
}
