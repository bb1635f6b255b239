package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of a database log in to a real server with the plugin in its folder of plugins. */
class SqlLoginIT {

    private static final String USERS = """
        ftpserver.user.local.homedirectory=files
        ftpserver.user.local.userpassword=of the file
        ftpserver.group.staff.permissions=all
        """;

    /** Of "secret". */
    private static final String MD5 = "5EBE2294ECD0E0F08EAB7690D2A6EE69";

    /** Of "secret of ann". */
    private static final String ARGON2 =
            "$argon2id$v=19$m=19456,t=2,p=1$WC7gVFFyGxXfNqpH6WQAlw$TFIvbDMx8Cr1TzyISvbx/J+eABX9c5aY/KoX+JYi15s";

    private static final int CONNECTIONS = 3;

    @TempDir
    private static Path folder;

    private static Database database;
    private static int httpPort;
    private static Ftpd server;

    @BeforeAll
    static void start() throws Exception {
        database = Database.shared();
        database.create("logins", Database.script("schema.sql"));
        database.account("logins", "bob", MD5);
        database.account("logins", "ann", ARGON2);
        database.account("logins", "eve", "secret of eve");
        database.account("logins", "gone", "secret");
        database.account("logins", "local", "of the database");
        database.account("logins", "broken", "$unknown$x");
        database.key("logins", "bob", "groups", "staff");
        database.key("logins", "bob", "quota-bytes", "1MiB");
        database.execute("logins", "UPDATE FTP_USER SET enableflag = false WHERE userid = 'gone'");
        for (String name : List.of("bob", "ann", "eve", "gone", "broken", "new")) {
            Files.createDirectories(folder.resolve("homes").resolve(name));
        }
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("password"), Database.PASSWORD);
        httpPort = freePort();
        Ftpd.install(folder);
        Ftpd.configure(folder, settings(), USERS);
        server = Ftpd.start(folder);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "users.source",
                "sql",
                "users.source-timeout",
                "4s",
                "sql.url",
                database.url("logins") + "?sslmode=verify-full",
                "sql.ca-file",
                database.key().certificate().toString(),
                "sql.user",
                Database.USER,
                "sql.password-file",
                "password",
                "sql.home",
                folder.resolve("homes/${user}").toString(),
                "sql.connections",
                Integer.toString(CONNECTIONS)));
        settings.put("admin.http", "127.0.0.1:" + httpPort);
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAccountOfTheDatabaseHasHomeRightsAndQuotaByItsRowAndItsGroups() throws Exception {
        FTPClient bob = server.client();
        assertThat(bob.login("bob", "secret")).as("%s", bob.getReplyString()).isTrue();
        assertThat(bob.storeFile("file", new ByteArrayInputStream(new byte[1000])))
                .as("%s", bob.getReplyString())
                .isTrue();
        assertThat(folder.resolve("homes/bob/file")).hasSize(1000);
        assertThat(bob.allo(2_000_000)).as("%s", bob.getReplyString()).isEqualTo(552);
        bob.disconnect();

        FTPClient eve = server.client();
        assertThat(eve.login("eve", "secret of eve"))
                .as("%s", eve.getReplyString())
                .isTrue();
        assertThat(eve.storeFile("file", new ByteArrayInputStream(new byte[10])))
                .isFalse();
        eve.disconnect();
    }

    @Test
    void aStrongHashIsVerifiedByTheServer() throws Exception {
        assertThat(server.login("ann", "secret of ann")).startsWith("230");
        assertThat(server.login("ann", "secret of ann")).startsWith("230");
        assertThat(server.login("ann", "secret of bob")).isEqualTo("530 Login incorrect.");
    }

    @Test
    @Tag("attack")
    void namesAndPasswordsThatMeanMoreToADatabaseAreWrongOnes() throws Exception {
        for (String name : List.of(
                "x' OR 1=1 --",
                "x\\' OR 1=1 --",
                "bob' --",
                "BOB",
                "bob ",
                "b\u043Eb", // Cyrillic
                "bob\0",
                "bob'; DELETE FROM FTP_USER; --",
                "x".repeat(10_000),
                "../homes/bob",
                "gone",
                "broken",
                "nobody")) {
            assertThat(server.login(name, "secret")).as("%s", name).doesNotStartWith("230");
        }
        for (String password : List.of("", "' OR ''='", "secret' --", MD5, "SECRET")) {
            assertThat(server.login("bob", password)).as("%s", password).isEqualTo("530 Login incorrect.");
        }
        assertThat(server.login("broken", "$unknown$x")).isEqualTo("530 Login incorrect.");
        assertThat(server.login("bob", "secret")).startsWith("230");
    }

    @Test
    @Tag("attack")
    void theDatabaseCanNotSpeakForANameOfTheFile() throws Exception {
        assertThat(server.login("local", "of the database")).isEqualTo("530 Login incorrect.");
        assertThat(server.login("local", "of the file")).startsWith("230");
    }

    @Test
    void anEditReachesTheNextLogInAtOnceAndByItTheSessions() throws Exception {
        database.account("logins", "new", "before");
        FTPClient running = server.client();
        assertThat(running.login("new", "before")).isTrue();

        database.execute("logins", "UPDATE FTP_USER SET userpassword = 'after' WHERE userid = 'new'");
        assertThat(server.login("new", "before")).isEqualTo("530 Login incorrect.");
        assertThat(server.login("new", "after")).startsWith("230");
        running.disconnect();

        FTPClient later = server.client();
        assertThat(later.login("new", "after")).isTrue();
        database.execute("logins", "UPDATE FTP_USER SET enableflag = false WHERE userid = 'new'");
        assertThat(server.login("new", "after")).isEqualTo("530 Login incorrect.");
        await().until(() -> isOver(later));
        database.execute("logins", "DELETE FROM FTP_USER WHERE userid = 'new'");
        assertThat(server.login("new", "after")).isEqualTo("530 Login incorrect.");
    }

    private static boolean isOver(FTPClient client) {
        try {
            return client.noop() != 200;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whileTheDatabaseIsAwayTheFilesAccountsLogInAndItComesBackByItself() throws Exception {
        assertThat(server.login("bob", "secret")).startsWith("230");
        database.kill();
        try {
            assertThat(server.login("bob", "secret")).startsWith("421 Passwords can't be verified");
            // at once now, and the same for a wrong password of the file
            assertThat(server.login("eve", "secret of eve")).startsWith("421 Passwords can't be verified");
            assertThat(server.login("local", "wrong")).startsWith("421 Passwords can't be verified");
            assertThat(server.login("local", "of the file")).startsWith("230");
            assertThat(server.log()).contains("sql doesn't answer: ");
            assertThat(metrics()).contains("zeroftpd_account_source_up{source=\"sql\"} 0");
        } finally {
            database.startAgain();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.login("bob", "secret").startsWith("230"));
        assertThat(server.log()).contains("sql answers again").doesNotContain("Exception", "zaxxer");
        assertThat(metrics())
                .contains("zeroftpd_account_source_up{source=\"sql\"} 1")
                .containsPattern("zeroftpd_account_source_logins_total\\{source=\"sql\",result=\"right\"} [1-9]");
    }

    private static String metrics() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Right ones and wrong ones; the latter take a hash each, so they are fewer. */
    @Test
    void aThousandLogInsLeaveNoMoreConnectionsThanAreAllowed() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<String>> replies = threads.invokeAll(IntStream.range(0, 1000)
                    .<Callable<String>>mapToObj(number -> () -> switch (number % 20) {
                        case 0 -> server.login("bob", "wrong");
                        case 1 -> server.login("nobody" + number, "wrong");
                        default -> server.login("bob", "secret");
                    })
                    .toList());
            for (int number = 0; number < replies.size(); number++) {
                String expected = number % 20 < 2 ? "530" : "230";
                assertThat(replies.get(number).get()).as("%d", number).startsWith(expected);
            }
        }
        assertThat(database.connections("logins")).isBetween(1, CONNECTIONS);
    }

    @Test
    void theStartNamesThePluginAndThePasswordIsNowhere() throws Exception {
        assertThat(server.log())
                .contains("1 account and more from sql, plugins HikariCP-")
                .contains(" postgresql-", " zeroftpd-sql.jar, listening on")
                .doesNotContain(Database.PASSWORD)
                .doesNotContain("secret of eve");
    }
}
