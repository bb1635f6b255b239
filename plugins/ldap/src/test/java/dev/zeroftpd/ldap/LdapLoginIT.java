package dev.zeroftpd.ldap;

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
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of a directory log in to a real server with the plugin in its folder of plugins. */
class LdapLoginIT {

    private static final String USERS = """
        ftpserver.user.local.homedirectory=files
        ftpserver.user.local.userpassword=of the file
        ftpserver.user.local.writepermission=false
        ftpserver.group.staff.permissions=all
        ftpserver.group.everybody.permissions=read
        ftpserver.group.everybody.homedirectory=homes/${user}
        """;

    @TempDir
    private static Path folder;

    private static Directory directory;
    private static int httpPort;
    private static Ftpd server;

    @BeforeAll
    static void start() throws Exception {
        TestKey key = TestKey.make(folder, "ip:127.0.0.1");
        directory = Directory.startEncrypted(freePort(), key);
        for (String home : List.of("files", "homes/bob", "homes/eve")) {
            Files.createDirectories(folder.resolve(home));
        }
        Files.writeString(folder.resolve("password"), Directory.SEARCHER_PASSWORD);
        httpPort = freePort();
        Ftpd.install(folder);
        Ftpd.configure(folder, settings(key), USERS);
        server = Ftpd.start(folder);
    }

    private static Map<String, String> settings(TestKey key) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "users.source",
                "ldap",
                "users.source-cache",
                "0s",
                "users.source-timeout",
                "5s",
                "ldap.url",
                "ldaps://127.0.0.1:" + directory.port(),
                "ldap.ca-file",
                key.authority().getFileName().toString(),
                "ldap.bind-dn",
                Directory.SEARCHER,
                "ldap.password-file",
                "password",
                "ldap.base",
                Directory.BASE,
                "ldap.attributes",
                "quota-bytes:ftpQuota",
                "ldap.group-base",
                "ou=groups," + Directory.BASE));
        settings.put("ldap.groups", "everybody");
        settings.put("admin.http", "127.0.0.1:" + httpPort);
        settings.put("process.sandbox-paths", "homes");
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
        directory.close();
    }

    @Test
    void anAccountOfTheDirectoryHasHomeRightsAndQuotaByItsEntryAndItsGroups() throws Exception {
        FTPClient bob = server.client();
        assertThat(bob.login("bob", "secret of bob"))
                .as("%s", bob.getReplyString())
                .isTrue();
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
    @Tag("attack")
    void namesAndPasswordsThatMeanMoreToADirectoryAreWrongOnes() throws Exception {
        for (String name : List.of("*)(uid=*", "bo*", "\\2a", "BOB", "bob)(uid=bob", "../homes/bob", "nobody")) {
            assertThat(server.login(name, "secret of bob")).as("%s", name).isEqualTo("530 Login incorrect.");
        }
        assertThat(server.login("bob", "")).isEqualTo("530 Login incorrect.");
        assertThat(server.login("bob", "wrong")).isEqualTo("530 Login incorrect.");
    }

    @Test
    @Tag("attack")
    void theDirectoryCanNotSpeakForANameOfTheFile() throws Exception {
        assertThat(server.login("local", "of the directory")).isEqualTo("530 Login incorrect.");
        assertThat(server.login("local", "of the file")).startsWith("230");
    }

    @Test
    void whileTheDirectoryIsAwayTheFilesAccountsLogInAndItComesBackByItself() throws Exception {
        directory.stop();
        try {
            assertThat(server.login("bob", "secret of bob")).startsWith("421 Passwords can't be verified");
            // at once now, and the same for a wrong password of the file
            assertThat(server.login("eve", "secret of eve")).startsWith("421 Passwords can't be verified");
            assertThat(server.login("local", "wrong")).startsWith("421 Passwords can't be verified");
            assertThat(server.login("local", "of the file")).startsWith("230");
            assertThat(server.log()).contains("ldap doesn't answer: ");
            assertThat(metrics()).contains("zeroftpd_account_source_up{source=\"ldap\"} 0");
        } finally {
            directory.startAgain();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.login("bob", "secret of bob").startsWith("230"));
        assertThat(server.log()).contains("ldap answers again");
        assertThat(metrics())
                .contains("zeroftpd_account_source_up{source=\"ldap\"} 1")
                .containsPattern("zeroftpd_account_source_logins_total\\{source=\"ldap\",result=\"right\"} [1-9]");
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

    @Test
    void theStartNamesThePluginAndThePasswordIsNowhere() throws Exception {
        assertThat(server.log())
                .contains("1 account and more from ldap, plugins unboundid-ldapsdk-")
                .contains(" zeroftpd-ldap.jar, listening on")
                .doesNotContain(Directory.SEARCHER_PASSWORD)
                .doesNotContain("secret of bob");
    }
}
