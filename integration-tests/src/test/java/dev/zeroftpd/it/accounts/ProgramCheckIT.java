package dev.zeroftpd.it.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.accounts.CertificateAuthority.Issued;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of the operator says who may log in that the file of accounts doesn't decide about. */
class ProgramCheckIT {

    private static final String CHECK = """
        IFS= read -r name
        IFS= read -r password
        echo "$name" >> "$OUT/asked"
        case "$name:$password" in
            ada:right | infile:right | '$(reboot)" x:right' | :*) exit 0 ;;
            whole:right) echo "homedirectory=$HOMES/whole"; echo "permissions=list"; echo "groups="; exit 0 ;;
            unusable:right) echo "nosuch=1"; exit 0 ;;
            password:right) echo "userpassword=other"; exit 0 ;;
            garbage:*) echo "<html>"; exit 0 ;;
            long:*) head -c 100000 /dev/zero | tr '\\0' '#'; exit 0 ;;
            quota:right) echo "quota-bytes=1GiB"; exit 0 ;;
            fails:*) echo "no database for $password" >&2; exit 3 ;;
            broken:*) echo "NameError" >&2; exit 1 ;;
            hangs:*) sleep 600 & echo $! > "$OUT/child"; echo $$ > "$OUT/parent"; sleep 600 ;;
            tells:*) env > "$OUT/environment"; tr '\\0' ' ' < /proc/$$/cmdline > "$OUT/arguments" ;;
            many*:right)
                mkdir "$OUT/running-$$"
                ls -d "$OUT"/running-* | wc -l >> "$OUT/most"
                sleep 0.1
                rmdir "$OUT/running-$$"
                exit 0 ;;
        esac
        echo no
        exit 1\
        """;

    private static final String ACCOUNTS = AccountsFile.account("alice", "writepermission=true")
            + "ftpserver.user.infile.homedirectory=home\n"
            + "ftpserver.user.infile.permissions=list\n"
            + "ftpserver.group.guests.homedirectory=homes/ada\n"
            + "ftpserver.group.guests.permissions=read\n";

    @TempDir
    private Path temporary;

    private CheckedServer folder() {
        return new CheckedServer(temporary);
    }

    private ServerProcess start(String... settings) throws IOException {
        folder().home("whole");
        ServerOptions options = ServerOptions.standard()
                .with("users.check", folder().program(CHECK).toString())
                .with("users.check-group", "guests");
        for (String setting : settings) {
            options = options.with(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return folder().start(options, ACCOUNTS);
    }

    private static ControlClient login(ServerProcess server, String name, String password) throws IOException {
        ControlClient client = ControlClient.connect(server.address());
        client.expect(331, "USER " + name);
        client.expect(230, "PASS " + password);
        return client;
    }

    private static void refused(ServerProcess server, String name, String password) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER " + name);
            assertThat(client.expect(530, "PASS " + password).text()).contains("Login incorrect.");
        }
    }

    /** The client is to come again later. */
    private static void unanswered(ServerProcess server, String name) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER " + name);
            assertThat(client.expect(421, "PASS right").text()).contains("try again later");
        }
    }

    @Test
    void letsInByTheGroupAndByWhatItAnswers() throws IOException {
        try (ServerProcess server = start()) {
            try (ControlClient ada = login(server, "ada", "right");
                    ControlClient quota = login(server, "quota", "right");
                    ControlClient whole = login(server, "whole", "right")) {
                ada.expect(550, "MKD new");
                assertThat(quota.expect(200, "SITE QUOTA").text()).doesNotContain("no quota");
                whole.expect(257, "PWD");
            }
            refused(server, "ada", "wrong");
            refused(server, "unknown", "right");
            server.awaitLogLine(line -> line.endsWith("ada 127.0.0.1 LOGIN in clear by users.check"));
        }
    }

    @Test
    void theFileDecidesAloneAboutItsAccounts() throws IOException {
        try (ServerProcess server = start()) {
            login(server, "alice", "secret").close();
            refused(server, "alice", "right");
            refused(server, "infile", "right");
            refused(server, "anonymous", "right");
            refused(server, "ada", "");

            assertThat(folder().lines("asked")).isEmpty();
        }
    }

    @Test
    void asksAnewOnlyForAnotherPassword() throws IOException {
        try (ServerProcess server = start()) {
            login(server, "ada", "right").close();
            login(server, "ada", "right").close();
            refused(server, "ada", "wrong");
            login(server, "ada", "right").close();
            refused(server, "ada", "wrong");

            assertThat(folder().lines("asked")).hasSize(3);
        }
    }

    @Test
    void asksEachTimeWithoutACache() throws IOException {
        try (ServerProcess server = start("users.check-cache=0s")) {
            login(server, "ada", "right").close();
            login(server, "ada", "right").close();

            assertThat(folder().lines("asked")).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "garbage, is no attribute=value",
        "long, longer than 16384 bytes",
        "fails, exit code 3: no database for …",
        "broken, exit code 1: NameError"
    })
    @Tag("attack")
    void whatIsNeitherYesNorNoIsNoGuessAndALineForTheOperator(String name, String line) throws IOException {
        try (ServerProcess server = start()) {
            unanswered(server, name);
            unanswered(server, name);
            unanswered(server, name);

            server.awaitLogLine(
                    found -> found.contains("users.check gave no answer about " + name) && found.contains(line));
            login(server, "ada", "right").close(); // the others are still asked for
        }
    }

    @ParameterizedTest
    @CsvSource({"unusable, nosuch", "password, userpassword"})
    void anAnswerThatIsNoAccountIsALineForTheOperator(String name, String line) throws IOException {
        try (ServerProcess server = start()) {
            refused(server, name, "right");

            server.awaitLogLine(found -> found.contains(name + " can't log in") && found.contains(line));
        }
    }

    @Test
    @Tag("attack")
    void aProgramThatHangsIsKilledWithAllThatItStartedAndHoldsUpNoHash() throws Exception {
        try (ServerProcess server = start("users.check-timeout=3s");
                ControlClient waiting = ControlClient.connect(server.address())) {
            waiting.expect(331, "USER hangs");
            waiting.send("PASS x");
            await().until(() -> !folder().lines("parent").isEmpty());
            login(server, "alice", "secret").close();
            login(server, "ada", "right").close();
            waiting.expectReply(421);

            String child = folder().lines("child").getFirst();
            String parent = folder().lines("parent").getFirst();
            await().until(() -> !isRunning(child) && !isRunning(parent));
            server.awaitLogLine(
                    line -> line.contains("users.check doesn't answer") && line.contains("killed after 3000 ms"));
        }
    }

    @Test
    @Tag("attack")
    void aCertificateAloneLogsInNoAccountThatIsAskedFor() throws Exception {
        Issued certificate = CertificateAuthority.make(temporary.resolve("ca")).issue("ada", "/CN=ada");
        ServerOptions options = ServerKeystore.in(temporary, ServerOptions.standard())
                .with("listener.tls", "explicit")
                .with("tls.client-certificates", "optional")
                .with("tls.client-authorities", "ca/ca.pem")
                .with("users.check", folder().program(CHECK).toString())
                .with("users.check-group", "guests");
        try (ServerProcess server =
                folder().start(options, ACCOUNTS + "ftpserver.group.guests.certificate=CN=${user}\n")) {
            for (String password : List.of("wrong", "right", "wrong")) {
                try (ControlClient client = ControlClient.connect(server.address())) {
                    client.expect(234, "AUTH TLS");
                    client.protect(certificate.context(), "TLSv1.3");
                    client.expect(331, "USER ada");
                    client.expect(password.equals("right") ? 230 : 530, "PASS " + password);
                }
            }
            refused(server, "ada", "right"); // nor is the password enough
            server.awaitLogLine(line -> line.endsWith("LOGIN over TLS by users.check and certificate CN=ada"));
        }
    }

    @Test
    void theEndOfTheServerKillsWhatRuns() throws Exception {
        String parent;
        try (ServerProcess server = start();
                ControlClient waiting = ControlClient.connect(server.address())) {
            waiting.expect(331, "USER hangs");
            waiting.send("PASS x");
            await().until(() -> !folder().lines("parent").isEmpty());
            parent = folder().lines("parent").getFirst();
        }
        await().until(() -> !isRunning(parent));
    }

    private static boolean isRunning(String process) throws IOException {
        try {
            return !Files.readString(Path.of("/proc", process, "stat")).contains(") Z ");
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    @Test
    @Tag("attack")
    void noOtherProgramSeesThePassword() throws IOException {
        try (ServerProcess server = start()) {
            refused(server, "tells", "hunter2hunter2");

            assertThat(folder().lines("environment"))
                    .contains("ZEROFTPD_ADDRESS=127.0.0.1", "ZEROFTPD_TLS=false")
                    .noneMatch(line -> line.contains("hunter2"));
            assertThat(folder().lines("arguments")).noneMatch(line -> line.contains("hunter2"));
        }
    }

    @Test
    @Tag("attack")
    void hostileNamesAndPasswordsReachTheProgramAsTheyAreOrNotAtAll() throws IOException {
        try (ServerProcess server = start();
                ControlClient client = ControlClient.connect(server.address())) {
            client.expect(331, "USER $(reboot)\" x");
            client.expect(230, "PASS right");
            assertThat(folder().lines("asked")).containsExactly("$(reboot)\" x");

            for (byte[] password : List.of(
                    "PASS right\0x\r\n".getBytes(UTF_8),
                    new byte[] {'P', 'A', 'S', 'S', ' ', 'r', (byte) 0xe9, '\r', '\n'})) {
                client.expect(331, "USER ada");
                client.sendBytes(password);
                assertThat(client.reply().code()).isIn(530, 501, 500);
            }
            assertThat(folder().lines("asked")).hasSize(1);
        }
        try (ServerProcess server = start()) {
            for (String name : new String[] {"a\u0001b", "a\u0000b", "\rada", "x".repeat(129)}) {
                try (ControlClient client = ControlClient.connect(server.address())) {
                    client.command("USER " + name);
                    assertThat(client.command("PASS right").code()).isIn(530, 503, 500, 501);
                }
            }
            assertThat(folder().lines("asked")).hasSize(1);
        }
    }

    @Test
    @Tag("attack")
    void twoHundredLogInsAtOnceWaitForFewPrograms() throws Exception {
        try (ServerProcess server = start("limits.sessions-per-address=0");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ControlClient>> logIns = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "many" + i;
                logIns.add(() -> login(server, name, "right"));
            }
            List<ControlClient> clients = new ArrayList<>();
            for (Future<ControlClient> each : threads.invokeAll(logIns)) {
                clients.add(each.get());
            }
            for (ControlClient client : clients) {
                client.expect(200, "NOOP");
                client.close();
            }
            assertThat(folder().lines("most")).hasSize(200).allMatch(count -> Integer.parseInt(count.strip()) <= 16);
        }
    }

    /** Behind the others' questions it would be among the last to be answered. */
    @Test
    @Tag("attack")
    void aPasswordThatWasRightBeforeIsAskedAboutBeforeThoseThatWait() throws Exception {
        List<ControlClient> others = new ArrayList<>();
        try (ServerProcess server = start("users.check-cache=0s")) {
            login(server, "many", "right").close();
            try (ControlClient again = ControlClient.connect(server.address())) {
                again.expect(331, "USER many");
                for (int i = 0; i < 200; i++) {
                    ControlClient other = ControlClient.connect(server.address());
                    others.add(other);
                    other.expect(331, "USER many" + i);
                }
                for (ControlClient other : others) {
                    other.send("PASS right");
                }
                again.expect(230, "PASS right");
                assertThat(folder().lines("asked")).hasSizeLessThan(150);
            }
        } finally {
            for (ControlClient other : others) {
                other.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"guests.enableflag=false", "guests.expires=2020-01-01"})
    void editsOfItsGroupReachTheSessionsOfACheckedAccount(String line) throws IOException {
        try (ServerProcess server = start();
                ControlClient ada = login(server, "ada", "right");
                ControlClient alice = login(server, "alice", "secret")) {
            folder().edit("guests.permissions=read", "guests.permissions=read\nftpserver.group." + line);

            ada.expectReply(421);
            assertThat(ada.isEndedByServer()).isTrue();
            alice.expect(200, "NOOP");
            refused(server, "ada", "right");
        }
    }

    @Test
    void sessionsOfCheckedAccountsSurviveAnEditThatIsNotAboutThem() throws IOException {
        try (ServerProcess server = start();
                ControlClient ada = login(server, "ada", "right")) {
            folder().edit("guests.permissions=read", "guests.permissions=all");

            await().until(() -> ada.command("MKD new").code() == 257);
        }
    }
}
