package dev.zeroftpd.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.spi.SourceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin against a real directory protocol, without a server around it. */
class LdapSourceTest {

    private static final String TEMPLATE = "uid=${user},ou=people," + Directory.BASE;

    @TempDir
    private static Path folder;

    private static TestKey key;
    private static Directory starting;
    private static Directory encrypted;

    @BeforeAll
    static void startDirectories() throws Exception {
        key = TestKey.make(folder, "ip:127.0.0.1");
        starting = Directory.start(0, key);
        encrypted = Directory.startEncrypted(0, key);
        Files.writeString(folder.resolve("password"), Directory.SEARCHER_PASSWORD + "\n");
        Files.writeString(folder.resolve("wrong"), "wrong\n");
    }

    @AfterAll
    static void stopDirectories() {
        starting.close();
        encrypted.close();
    }

    private static Map<String, String> searching() {
        return new TreeMap<>(Map.of(
                "url",
                "ldaps://127.0.0.1:" + encrypted.port(),
                "ca-file",
                key.authority().toString(),
                "bind-dn",
                Directory.SEARCHER,
                "password-file",
                folder.resolve("password").toString(),
                "base",
                Directory.BASE,
                "home",
                "/srv/${user}",
                "attributes",
                "quota-bytes:ftpQuota",
                "member-of",
                "memberOf",
                "group-base",
                "ou=groups," + Directory.BASE));
    }

    private static Map<String, String> direct() {
        return new TreeMap<>(Map.of(
                "url",
                "ldap://127.0.0.1:" + starting.port(),
                "ca-file",
                key.authority().toString(),
                "dn",
                TEMPLATE,
                "home",
                "/srv/${user}",
                "attributes",
                "quota-bytes:ftpQuota",
                "member-of",
                "memberOf",
                "group-base",
                "ou=groups," + Directory.BASE));
    }

    private static AccountSource open(Map<String, String> values) throws Exception {
        return new LdapSourceProvider().open(new SourceSettings(new TreeMap<>(values), Duration.ofSeconds(20)));
    }

    private static LoginAnswer ask(AccountSource source, String name, String password) throws InterruptedException {
        return source.ask(
                new LoginQuestion(name, password, Optional.empty(), false, new TreeSet<>(List.of("staff", "other"))));
    }

    @Test
    @Tag("attack")
    void aGroupElsewhereInTheDirectoryIsNoneOfOurs() throws Exception {
        Map<String, String> way = searching();
        way.put("group-base", "cn=other,ou=groups," + Directory.BASE);
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "bob", "secret of bob"))
                    .isEqualTo(new LoginAnswer.Yes(
                            Map.of("homedirectory", "/srv/${user}", "quota-bytes", "1MiB", "groups", "other")));
        }
    }

    @Test
    void bothWaysOfBindingLeadToTheSameAccount() throws Exception {
        for (Map<String, String> way : List.of(searching(), direct())) {
            try (AccountSource source = open(way)) {
                assertThat(source.fault()).isEmpty();
                assertThat(ask(source, "bob", "secret of bob"))
                        .isEqualTo(new LoginAnswer.Yes(Map.of(
                                "homedirectory", "/srv/${user}", "quota-bytes", "1MiB", "groups", "other,staff")));
                assertThat(ask(source, "eve", "secret of eve"))
                        .isEqualTo(new LoginAnswer.Yes(Map.of("homedirectory", "/srv/${user}")));
                assertThat(ask(source, "comma, inc", "secret of comma")).isInstanceOf(LoginAnswer.Yes.class);
                assertThat(ask(source, "a*b", "star")).isInstanceOf(LoginAnswer.Yes.class);
            }
        }
    }

    @Test
    @Tag("attack")
    void nothingButTheExactNameAndItsPasswordIsRight() throws Exception {
        for (Map<String, String> way : List.of(searching(), direct())) {
            try (AccountSource source = open(way)) {
                for (String name : List.of(
                        "*)(uid=*",
                        "*",
                        "bo*",
                        "b\\6fb",
                        "\\2a",
                        "bob)(uid=bob",
                        "bob\0",
                        "BOB",
                        " bob",
                        "bob ",
                        "bob,ou=people",
                        "uid=bob,ou=people," + Directory.BASE,
                        "nobody",
                        "bob+uid=eve",
                        "\u0000")) {
                    assertThat(ask(source, name, "secret of bob"))
                            .as("%s", name)
                            .isEqualTo(new LoginAnswer.No());
                }
                for (String password :
                        List.of("", "wrong", "secret of bo*", "\0", "secret of bob\0", "SECRET OF BOB")) {
                    assertThat(ask(source, "bob", password)).as("%s", password).isEqualTo(new LoginAnswer.No());
                }
                // and none of it has made the directory seem away
                assertThat(ask(source, "bob", "secret of bob")).isInstanceOf(LoginAnswer.Yes.class);
            }
        }
    }

    @Test
    @Tag("attack")
    void aFilterThatFitsTwoEntriesLetsNoClientIn() throws Exception {
        Map<String, String> way = searching();
        way.put("filter", "(|(uid=${user})(cn=somebody))");
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "bob", "secret of bob")).isEqualTo(new LoginAnswer.No());
        }
    }

    @Test
    void onlyMembersOfGroupsThatTheServerKnowsMayBeRequired() throws Exception {
        Map<String, String> way = searching();
        way.put("group-required", "true");
        way.put("groups", "everybody");
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "eve", "secret of eve")).isEqualTo(new LoginAnswer.No());
            assertThat(ask(source, "bob", "secret of bob"))
                    .isInstanceOfSatisfying(
                            LoginAnswer.Yes.class,
                            yes -> assertThat(yes.keys()).containsEntry("groups", "other,staff,everybody"));
        }
    }

    @Test
    @Tag("attack")
    void noPasswordGoesToAServerThatIsNotTheOneThatIsMeant() throws Exception {
        TestKey stranger = TestKey.make(folder, "dns:other.example.org");
        try (Directory other = Directory.startEncrypted(0, stranger);
                Directory startingOther = Directory.start(0, stranger)) {
            Map<String, String> untrusted = searching();
            untrusted.put("url", "ldaps://127.0.0.1:" + other.port());
            Map<String, String> misnamed = searching();
            misnamed.put("url", "ldaps://127.0.0.1:" + other.port());
            misnamed.put("ca-file", stranger.authority().toString());
            Map<String, String> misnamedLater = direct();
            misnamedLater.put("url", "ldap://127.0.0.1:" + startingOther.port());
            misnamedLater.put("ca-file", stranger.authority().toString());
            Map<String, String> withoutTls = direct();
            withoutTls.put("url", "ldap://127.0.0.1:" + encrypted.port());
            for (Map<String, String> way : List.of(untrusted, misnamed, misnamedLater, withoutTls)) {
                try (AccountSource source = open(way)) {
                    assertThat(ask(source, "bob", "secret of bob"))
                            .as("%s", way)
                            .isInstanceOf(LoginAnswer.Unavailable.class);
                    assertThat(source.fault()).isPresent();
                }
            }
        }
    }

    @Test
    void aDirectoryThatCanNotBeUsedIsNotAvailable() throws Exception {
        Map<String, String> wrongPassword = searching();
        wrongPassword.put("password-file", folder.resolve("wrong").toString());
        Map<String, String> wrongBase = searching();
        wrongBase.put("base", "dc=nowhere");
        Map<String, String> nobodyThere = searching();
        nobodyThere.put("url", "ldaps://127.0.0.1:" + closedPort());
        for (Map<String, String> way : List.of(wrongPassword, wrongBase, nobodyThere)) {
            try (AccountSource source = open(way)) {
                assertThat(ask(source, "bob", "secret of bob")).isInstanceOf(LoginAnswer.Unavailable.class);
                assertThat(source.fault()).isPresent();
            }
        }
    }

    /** As a port that speaks TLS at once answers a request to start it: not by the end of the connection, as others may. */
    @Test
    void anAlertInsteadOfTlsIsNoMatterOfOneAccount() throws Exception {
        byte[] alert = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a};
        try (ServerSocket other = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerEach(other, alert));
            Map<String, String> alerting = direct();
            alerting.put("url", "ldap://127.0.0.1:" + other.getLocalPort());
            Map<String, String> alertingSearch = searching();
            alertingSearch.put("url", "ldap://127.0.0.1:" + other.getLocalPort());
            for (Map<String, String> way : List.of(alerting, alertingSearch)) {
                try (AccountSource source = open(way)) {
                    assertThat(ask(source, "bob", "secret of bob")).isInstanceOf(LoginAnswer.Unavailable.class);
                }
            }
        }
    }

    private static void answerEach(ServerSocket server, byte... answer) {
        while (true) {
            try (Socket client = server.accept()) {
                if (client.getInputStream().read(new byte[512]) > 0) {
                    client.getOutputStream().write(answer);
                }
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @Test
    void theNextServerIsAskedWhereTheFirstIsAway() throws Exception {
        Map<String, String> way = searching();
        way.put("url", "ldaps://127.0.0.1:" + closedPort() + ",ldaps://127.0.0.1:" + encrypted.port());
        try (AccountSource source = open(way)) {
            assertThat(ask(source, "bob", "secret of bob")).isInstanceOf(LoginAnswer.Yes.class);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
