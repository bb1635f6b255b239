package dev.zeroftpd.it.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Fence;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs and servers are told of events: at least once, in order, whatever becomes of them or of our server. */
class EventHooksIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    private static final String SECRET = "a secret that can't be guessed";

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path temporary;

    private HookFolder folder() {
        return new HookFolder(temporary);
    }

    private static ControlClient login(ServerProcess server) throws IOException {
        return ControlClient.login(server.address(), Account.ALICE);
    }

    private static void store(ControlClient client, String name) throws IOException {
        assertThat(DataClient.sent(client, "STOR " + name, "text".getBytes(UTF_8))
                        .code())
                .isEqualTo(226);
    }

    @Test
    void aProgramGetsEachEventAsItIsWhateverItsName() throws IOException {
        String name = "$(touch pwned) `id` \"q\" 'a' ; rm -rf * é";
        Path program = folder().program("told", """
            cat > "$OUT/input.$ZEROFTPD_EVENT"
            env > "$OUT/environment.$ZEROFTPD_EVENT.new"
            mv "$OUT/environment.$ZEROFTPD_EVENT.new" "$OUT/environment.$ZEROFTPD_EVENT"
            """);
        ServerOptions options = ServerOptions.standard()
                .with("hook.upload", program.toString())
                .with("hook.rename", program.toString());
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            store(client, name);
            client.expect(350, "RNFR " + name);
            client.expect(250, "RNTO other");
            await().atMost(LONG)
                    .until(() -> !folder().lines("environment.rename").isEmpty());
            assertThat(folder().lines("environment.upload"))
                    .contains("ZEROFTPD_PATH=/" + name, "ZEROFTPD_USER=alice", "ZEROFTPD_OUTCOME=completed")
                    .contains(
                            "ZEROFTPD_BYTES=4", "ZEROFTPD_FILE=" + server.home().resolve(name));
            Map<String, Object> upload =
                    JSON.std.mapFrom(folder().lines("input.upload").getFirst());
            assertThat(upload)
                    .containsEntry("path", "/" + name)
                    .containsEntry("event", "upload")
                    .containsEntry("bytes", 4)
                    .containsKeys("id", "time", "session");
            assertThat(JSON.std.mapFrom(folder().lines("input.rename").getFirst()))
                    .containsEntry("to", "/other");
            assertThat(folder().written()).noneMatch(file -> file.contains("pwned"));
        }
    }

    /** As docs/hooks.md says: no arguments, no root, and behind the fence that the server is behind. */
    @Test
    void aProgramMayDoNoMoreThanTheServer() throws IOException {
        Fence.require(temporary);
        Path program = folder().program("told", """
            {
                echo "arguments $#"
                echo "directory $PWD"
                echo "root $([ "$(id -u)" = 0 ] && echo yes || echo no)"
                setpriv --dump | grep no_new_privs
                mktemp 2>"$OUT/error" || echo "nothing in /tmp"
                cat /proc/self/status >"$OUT/status" 2>"$OUT/error" || echo "no /proc"
                echo end
            } > "$OUT/rights"
            """);
        try (ServerProcess server = folder().start(ServerOptions.standard().with("hook.upload", program.toString()));
                ControlClient client = login(server)) {
            store(client, "file");
            await().atMost(LONG).until(() -> folder().lines("rights").contains("end"));
            assertThat(folder().lines("rights"))
                    .containsExactly(
                            "arguments 0",
                            "directory /",
                            "root no",
                            "no_new_privs: 1",
                            "nothing in /tmp",
                            "no /proc",
                            "end");
        }
    }

    @Test
    void quotasAreToldOncePerCrossing() throws IOException {
        Path program = folder().program("told", """
            cat >> "$OUT/events"
            """);
        ServerOptions options = ServerOptions.standard()
                .with("hook.quota-warn", program.toString())
                .with("hook.quota-full", program.toString());
        try (ServerProcess server = folder().start(
                                options, "ftpserver.user.alice.quota-bytes=10", "ftpserver.user.alice.quota-warn=50%");
                ControlClient client = login(server)) {
            store(client, "one");
            store(client, "two");
            assertThat(DataClient.sent(client, "STOR three", "text".getBytes(UTF_8))
                            .code())
                    .isEqualTo(552);
            assertThat(DataClient.sent(client, "STOR three", "text".getBytes(UTF_8))
                            .code())
                    .isEqualTo(552);
            client.expect(250, "DELE two");
            store(client, "two");
            await().atMost(LONG).until(() -> folder().lines("events").size() >= 3);
        }
        List<Map<String, Object>> told = new ArrayList<>();
        for (String line : folder().lines("events")) {
            told.add(JSON.std.mapFrom(line));
        }
        assertThat(told)
                .extracting(event -> event.get("event"))
                .containsExactly("quota-warn", "quota-full", "quota-warn");
        assertThat(told.getFirst())
                .containsEntry("user", "alice")
                .containsEntry("detail", "8 of 10 bytes")
                .containsKeys("id", "time");
    }

    @Test
    void eventsOfAPathKeepTheirOrderWhileProgramsRunSideBySide() throws IOException {
        Path program = folder().program("told", """
            echo "$ZEROFTPD_PATH $ZEROFTPD_EVENT" >> "$OUT/all"
            """);
        ServerOptions options =
                ServerOptions.standard().with("hook.mkdir", program.toString()).with("hook.rmdir", program.toString());
        List<String> expected = new ArrayList<>();
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            for (int i = 0; i < 10; i++) {
                client.expect(257, "MKD same");
                client.expect(257, "MKD other" + i);
                client.expect(250, "RMD same");
                expected.addAll(List.of("/same mkdir", "/same rmdir"));
            }
            await().atMost(LONG).until(() -> folder().lines("all").size() == 30);
            assertThat(folder().lines("all"))
                    .filteredOn(line -> line.startsWith("/same "))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void anHttpsServerWithACertificateOfItsOwnAuthorityGetsSignedRequests() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        try (Listener listener = Listener.secured(identity())) {
            ServerOptions options = ServerOptions.standard()
                    .with("hook.upload", "https://127.0.0.1:" + listener.port() + "/hooks")
                    .with("hook.secret-file", secret.toString())
                    .with("admin.http", "127.0.0.1:0")
                    .wrappedBy(List.of(
                            "env",
                            "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=" + temporary.resolve("trust.p12")
                                    + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD));
            try (ServerProcess server = folder().start(options);
                    ControlClient client = login(server)) {
                store(client, "file");
                await().atMost(LONG).until(() -> listener.posts().size() == 1);
                Listener.Post post = listener.posts().getFirst();
                assertThat(JSON.std.mapFrom(post.body())).containsEntry("path", "/file");
                assertThat(post.signature()).isEqualTo("sha256=" + hmac(post.body()));
                String tested = Operator.ftpd(server, "hook", "test", "upload")
                        .expectExit(0)
                        .output();
                assertThat(tested).contains("Taken by https://127.0.0.1:").contains("status 200: thank you");
                assertThat(JSON.std.mapFrom(listener.bodies().getLast())).containsEntry("sample", true);
            }
        }
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    /** A server's key, certified by an authority that only {@code trust.p12} knows. */
    private SSLContext identity() throws Exception {
        keytool("-genkeypair -alias ca -keyalg EC -dname CN=authority -ext bc:c -keystore ca.p12");
        keytool("-genkeypair -alias server -keyalg EC -dname CN=hooks -keystore hooks.p12");
        keytool("-certreq -alias server -keystore hooks.p12 -file hooks.csr");
        keytool("-gencert -alias ca -keystore ca.p12 -infile hooks.csr -outfile hooks.pem -rfc -ext san=ip:127.0.0.1");
        keytool("-exportcert -alias ca -keystore ca.p12 -file ca.pem -rfc");
        keytool("-importcert -noprompt -alias ca -keystore hooks.p12 -file ca.pem");
        keytool("-importcert -noprompt -alias server -keystore hooks.p12 -file hooks.pem");
        keytool("-importcert -noprompt -alias ca -keystore trust.p12 -file ca.pem");
        KeyStore keys = KeyStore.getInstance(temporary.resolve("hooks.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Command.run(temporary, command.toArray(new String[0])).expectExit(0);
    }

    @Test
    void whatNoReceiverTookSurvivesAKillOfTheServer() throws IOException {
        int port = FreePorts.one();
        ServerOptions options = ServerOptions.standard().with("hook.upload", "http://127.0.0.1:" + port + "/told");
        String id;
        try (ServerProcess server = folder().start(options)) {
            try (ControlClient client = login(server)) {
                store(client, "file");
            }
            await().atMost(LONG).until(() -> spooled().contains("\"path\":\"/file\""));
            id = spooled().replaceAll("(?s).*\\+\\{\"id\":\"([^\"]+)\".*", "$1");
            server.kill();
        }
        try (Listener listener = Listener.plain(port);
                ServerProcess _ = folder().start(options)) {
            await().atMost(LONG).until(() -> !listener.posts().isEmpty());
            assertThat(listener.bodies()).singleElement().asString().contains("\"id\":\"" + id + "\"");
            await().atMost(LONG).until(() -> spooled().endsWith("-" + id + "\n"));
        }
        assertThat(HookFolder.names(temporary.resolve("state/hooks"))).isEmpty();
    }

    private String spooled() throws IOException {
        Path directory = temporary.resolve("state/hooks");
        if (!Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> journals = Files.list(directory)) {
            return journals.map(EventHooksIT::text).reduce("", String::concat);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException replaced) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDeadReceiverCostsFewThreadsAndGetsEverythingWhenItLives() throws IOException {
        int port = FreePorts.one();
        String told = "http://127.0.0.1:" + port + "/told";
        ServerOptions options =
                ServerOptions.standard().with("hook.mkdir", told).with("hook.rmdir", told);
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            for (int i = 0; i < 200; i++) {
                client.expect(257, "MKD directory");
                client.expect(250, "RMD directory");
                client.expect(257, "MKD other-" + i);
            }
            server.awaitLogLine(line -> line.contains("has not taken a mkdir event"));
            assertThat(threads(server)).hasSizeLessThan(12);
            try (Listener listener = Listener.plain(port)) {
                await().atMost(LONG)
                        .until(() -> listener.bodies().stream().distinct().count() == 600);
                List<String> kinds = listener.bodies().stream()
                        .filter(body -> body.contains("\"path\":\"/directory\""))
                        .distinct()
                        .map(body -> body.contains("\"event\":\"mkdir\"") ? "mkdir" : "rmdir")
                        .toList();
                for (int i = 0; i < kinds.size(); i++) {
                    assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? "mkdir" : "rmdir");
                }
            }
        }
    }

    /** The names of those that hooks have. */
    private static List<String> threads(ServerProcess server) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(server.processId()), "task"))) {
            return threads.map(thread -> text(thread.resolve("comm")).strip())
                    .filter(name -> name.startsWith("hook") || name.startsWith("HttpClient"))
                    .toList();
        }
    }

    @Test
    void aSlowProgramIsKilledWithWhatItStartedAndHoldsUpNoClient() throws IOException {
        Path program = folder().program("told", """
            sleep 1000 &
            echo $! >> "$OUT/children"
            wait
            """);
        ServerOptions options =
                ServerOptions.standard().with("hook.upload", program.toString()).with("hook.timeout", "300ms");
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            for (int i = 0; i < 5; i++) {
                store(client, "file" + i);
            }
            server.awaitLogLine(line -> line.contains("killed after 300 ms"));
            String first = folder().lines("children").getFirst();
            await().atMost(LONG).until(() -> !HookFolder.isRunning(first));
        }
    }

    @Test
    void metricsCountWhatCameOfThem() throws IOException {
        Path program = folder().program("told", "exit 0");
        ServerOptions options =
                ServerOptions.standard().with("hook.mkdir", program.toString()).with("admin.http", "127.0.0.1:0");
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            client.expect(257, "MKD a");
            String url = server.awaitLogLine(line -> line.contains("Metrics and health on "))
                    .replaceAll(".*Metrics and health on (\\S+).*", "$1");
            await().atMost(LONG).untilAsserted(() -> {
                String metrics = Command.run(temporary, "curl", "-sS", url.replaceFirst("/?$", "/metrics"))
                        .expectExit(0)
                        .output();
                assertThat(metrics)
                        .contains("zeroftpd_hooks_total{event=\"mkdir\",result=\"delivered\"} 1")
                        .contains("zeroftpd_hook_queue 0");
            });
            Command none = Operator.ftpd(server, "hook", "test", "delete");
            assertThat(none.expectExit(2).errors()).contains("this server has no hook.delete");
        }
    }
}
