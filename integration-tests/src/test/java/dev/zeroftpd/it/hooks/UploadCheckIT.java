package dev.zeroftpd.it.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program decides whether an upload is published; until then, and if it refuses, no client sees anything of it. */
class UploadCheckIT {

    /** Refuses what has EVIL in it, and notes what it was asked about. */
    private static final String SCANNER = """
        cat > "$OUT/input"
        env > "$OUT/environment"
        cp "$ZEROFTPD_FILE" "$OUT/content" || exit 9
        if grep -q EVIL "$ZEROFTPD_FILE"; then
            echo "$ZEROFTPD_FILE: EVIL found"
            echo "and more"
            exit 1
        fi\
        """;

    @TempDir
    private Path temporary;

    private HookFolder folder() {
        return new HookFolder(temporary);
    }

    private ServerOptions options(String lines) throws IOException {
        return ServerOptions.standard()
                .with("hook.upload-check", folder().program("scan", lines).toString());
    }

    private static ControlClient login(ServerProcess server) throws IOException {
        return ControlClient.login(server.address(), Account.ALICE);
    }

    private static Reply sent(ControlClient client, String command, String text) throws IOException {
        return DataClient.sent(client, command, text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "direct"})
    void aGoodUploadIsPublishedAndABadOneIsNot(String mode) throws IOException {
        try (ServerProcess server = folder().start(options(SCANNER).with("upload.mode", mode));
                ControlClient client = login(server)) {
            assertThat(sent(client, "STOR good", "fine").code()).isEqualTo(226);
            assertThat(server.home().resolve("good")).hasContent("fine");
            Reply refused = sent(client, "STOR bad", "EVIL");
            assertThat(refused.text()).isEqualTo("553 /bad: EVIL found");
            assertThat(sent(client, "STOR good", "EVIL").code()).isEqualTo(553);
            assertThat(server.home().resolve("good")).hasContent("fine");
            client.expect(550, "SIZE bad");
            assertThat(HookFolder.names(server.home())).containsExactly("good");
            server.awaitLogLine(line -> line.contains("rejected by hook.upload-check: /bad: EVIL found"));
        }
    }

    /** Both put something around the home, and each must get through to what is beneath. */
    @ParameterizedTest
    @ValueSource(strings = {"atomic", "direct"})
    void aQuotaAndACheckHoldTogether(String mode) throws IOException {
        ServerOptions options = options(SCANNER).with("upload.mode", mode);
        try (ServerProcess server = folder().start(
                                options,
                                "ftpserver.user.alice.quota-bytes=1000",
                                "ftpserver.user.alice.quota-files=3");
                ControlClient client = login(server)) {
            assertThat(sent(client, "STOR good", "fine".repeat(100)).code()).isEqualTo(226);
            assertThat(sent(client, "STOR bad", "EVIL").text()).isEqualTo("553 /bad: EVIL found");
            assertThat(sent(client, "STOR good", "EVIL").code()).isEqualTo(553);
            assertThat(sent(client, "STOR large", "x".repeat(601)).code()).isEqualTo(552);
            assertThat(sent(client, "STOR good", "new").code()).isEqualTo(226);
            assertThat(sent(client, "APPE good", "er").code()).isEqualTo(226);
            assertThat(server.home().resolve("good")).hasContent("newer");
            assertThat(HookFolder.names(server.home())).containsExactly("good");
            assertThat(client.expect(213, "AVBL").text()).isEqualTo("213 995");
            assertThat(Operator.ftpd(server, "quota", "scan", "alice", "--json")
                            .expectExit(0)
                            .output())
                    .contains("\"bytes\":5,", "\"bytes_corrected\":0,", "\"files_corrected\":0,");
        }
    }

    @Test
    void theProgramIsToldWhatItIsAboutAndNothingOfTheServers() throws IOException {
        String name = "$(touch pwned) \"q\" ; é %s";
        ServerOptions options = options(SCANNER).wrappedBy(List.of("env", "SOME_PASSWORD=secret"));
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            String home = server.home().toRealPath().toString();
            assertThat(sent(client, "STOR " + name, "fine").code()).isEqualTo(226);
            assertThat(folder().lines("environment"))
                    .contains("ZEROFTPD_PATH=/" + name, "ZEROFTPD_USER=alice", "ZEROFTPD_EVENT=upload-check")
                    .contains("ZEROFTPD_ADDRESS=127.0.0.1", "ZEROFTPD_VERB=STOR", "ZEROFTPD_TLS=false")
                    .anyMatch(line -> line.startsWith("ZEROFTPD_FILE=" + home + "/."))
                    .noneMatch(line -> line.contains("secret"));
            assertThat(folder().lines("input")).singleElement().asString().contains("$(touch pwned) \\\"q\\\" ; é %s");
            assertThat(server.home().resolve(name)).hasContent("fine");
        }
    }

    @Test
    void everyWayToUploadIsChecked() throws IOException {
        try (ServerProcess server = folder().start(options(SCANNER));
                ControlClient client = login(server)) {
            Files.writeString(server.home().resolve("file"), "old ");
            folder().give();
            assertThat(sent(client, "APPE file", "new").code()).isEqualTo(226);
            assertThat(folder().out().resolve("content")).hasContent("old new");
            // the bad word comes together only where the old content is looked at too
            assertThat(sent(client, "APPE file", " EV").code()).isEqualTo(226);
            assertThat(sent(client, "APPE file", "IL").text()).isEqualTo("553 /file: EVIL found");
            assertThat(server.home().resolve("file")).hasContent("old new EV");
            client.expect(350, "REST 4");
            assertThat(sent(client, "STOR file", "EVIL").code()).isEqualTo(553);
            client.expect(350, "REST 4");
            assertThat(sent(client, "STOR file", "ever").code()).isEqualTo(226);
            assertThat(server.home().resolve("file")).hasContent("old everEV");
            assertThat(sent(client, "STOU unique", "EVIL").code()).isEqualTo(553);
            assertThat(sent(client, "STOU unique", "fine").code()).isEqualTo(226);
            client.expect(200, "TYPE A");
            assertThat(sent(client, "STOR text", "EVIL\r\n").code()).isEqualTo(553);
            assertThat(sent(client, "STOR text", "fine\r\n").code()).isEqualTo(226);
            assertThat(folder().out().resolve("content")).hasBinaryContent("fine\n".getBytes(UTF_8));
            client.expect(200, "TYPE I");
            client.expect(200, "MODE Z");
            assertThat(DataClient.sent(client, "STOR zipped", deflated("EVIL")).code())
                    .isEqualTo(553);
            assertThat(DataClient.sent(client, "STOR zipped", deflated("fine")).code())
                    .isEqualTo(226);
            assertThat(HookFolder.names(server.home())).containsExactly("file", "text", "unique", "zipped");
        }
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes)) {
            deflating.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void uploadsOverTlsAreChecked() throws IOException {
        ServerOptions options = ServerKeystore.in(temporary, options(SCANNER)).with("listener.tls", "explicit");
        try (ServerProcess server = folder().start(options)) {
            assertThat(curl(server, "EVIL").errors()).contains("553 /secured: EVIL found");
            assertThat(server.home().resolve("secured")).doesNotExist();
            assertThat(curl(server, "fine").expectExit(0).errors()).contains("226 ");
            assertThat(server.home().resolve("secured")).hasContent("fine");
        }
    }

    private Command curl(ServerProcess server, String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("to-send"), text);
        return Command.run(
                temporary,
                "curl",
                "-sSvk",
                "--ssl-reqd",
                "-u",
                Account.ALICE.name() + ":" + Account.ALICE.password(),
                "-T",
                file.toString(),
                "ftp://127.0.0.1:" + server.address().getPort() + "/secured");
    }

    @Test
    void aRefusedUploadIsNeverSeenByAnotherSession() throws Exception {
        AtomicBoolean uploading = new AtomicBoolean(true);
        try (ServerProcess server = folder().start(options(SCANNER));
                ControlClient client = login(server);
                ControlClient other = ControlClient.login(server.address(), Account.ALICE);
                ExecutorService looking = Executors.newSingleThreadExecutor()) {
            Callable<Integer> look = () -> {
                int looks = 0;
                while (uploading.get()) {
                    assertThat(new String(DataClient.received(other, "MLSD"), UTF_8))
                            .doesNotContain("bad");
                    other.expect(550, "SIZE bad");
                    other.expect(550, "MDTM bad");
                    looks++;
                }
                return looks;
            };
            Future<Integer> looks = looking.submit(look);
            try {
                for (int i = 0; i < 30; i++) {
                    assertThat(sent(client, "STOR bad", "much text and EVIL".repeat(1000))
                                    .code())
                            .isEqualTo(553);
                }
            } finally {
                uploading.set(false);
            }
            assertThat(looks.get()).isPositive();
        }
    }

    /** Refuses, but not before the test says so. */
    private static final String HELD = """
        echo $$ > "$OUT/child"
        until [ -e "$OUT/go" ]; do sleep 0.05; done
        echo EVIL found
        exit 1\
        """;

    /** The check is held open, so that no way to look can miss the moment. */
    @ParameterizedTest
    @ValueSource(strings = {"atomic", "direct"})
    void whatIsBeingCheckedIsSeenInNoWay(String mode) throws IOException {
        try (ServerProcess server = folder().start(options(HELD).with("upload.mode", mode));
                ControlClient client = login(server);
                ControlClient other = login(server)) {
            Files.writeString(server.home().resolve("old"), "as it was");
            folder().give();
            for (String name : List.of("bad", "old")) {
                try (DataClient data = DataClient.connect(client.extendedPassive())) {
                    client.expect(150, "STOR " + name);
                    data.output().write("much text and EVIL".repeat(1000).getBytes(UTF_8));
                }
                awaitProgram();

                assertNothingNewIsSeen(other);

                Files.createFile(folder().out().resolve("go"));
                assertThat(client.reply().text()).isEqualTo("553 EVIL found");
                assertNothingNewIsSeen(other);
                Files.delete(folder().out().resolve("go"));
                Files.delete(folder().out().resolve("child"));
            }
            assertThat(HookFolder.names(server.home())).containsExactly("old");
        }
    }

    private static void assertNothingNewIsSeen(ControlClient other) throws IOException {
        assertThat(DataClient.received(other, "NLST")).asString(UTF_8).isEqualTo("old\r\n");
        assertThat(DataClient.received(other, "MLSD"))
                .asString(UTF_8)
                .contains("size=9;")
                .doesNotContain("bad", "18000");
        assertThat(DataClient.received(other, "LIST"))
                .asString(UTF_8)
                .contains(" 9 ")
                .doesNotContain("bad", "18000");
        assertThat(other.expect(212, "STAT .").toString()).doesNotContain("bad", "18000");
        for (String verb : List.of("SIZE", "MDTM", "MLST", "RNFR", "DELE", "HASH")) {
            other.expect(550, verb + " bad");
        }
        other.extendedPassive();
        other.expect(550, "RETR bad");
        assertThat(other.expect(213, "SIZE old").text()).isEqualTo("213 9");
        assertThat(DataClient.received(other, "RETR old")).asString(UTF_8).isEqualTo("as it was");
    }

    /** Waits until the test lets it go on. */
    private static final String SLOW = """
        echo $$ > "$OUT/pid"
        sleep 1000 &
        echo $! > "$OUT/child"
        wait\
        """;

    private void awaitProgram() {
        await().until(() -> folder().lines("child").size() == 1);
    }

    private void awaitEndOfProgram() {
        await().untilAsserted(() -> {
            assertThat(isRunning("pid")).isFalse();
            assertThat(isRunning("child")).isFalse();
        });
    }

    private boolean isRunning(String name) throws IOException {
        return HookFolder.isRunning(folder().lines(name).getFirst());
    }

    @Test
    void aClientThatWaitsIsAnsweredAndCanEndTheCheck() throws IOException {
        try (ServerProcess server = folder().start(options(SLOW));
                ControlClient client = login(server)) {
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR file");
                data.output().write(new byte[1000]);
            }
            awaitProgram();
            client.expect(200, "NOOP");
            client.send("ABOR");
            client.expectReply(426);
            client.expectReply(226);
            awaitEndOfProgram();
            assertThat(server.home().resolve("file")).doesNotExist();
            client.expect(257, "PWD");
        }
    }

    @Test
    void aShutdownAndAKickEndTheCheck() throws IOException {
        try (ServerProcess server = folder().start(options(SLOW));
                ControlClient client = login(server)) {
            beginUpload(client);
            awaitProgram();
            Operator.ftpd(server, "kick", "--user", "alice").expectExit(0);
            client.expectReply(426);
            awaitEndOfProgram();
            Files.delete(folder().out().resolve("child"));
            try (ControlClient second = login(server)) {
                beginUpload(second);
                awaitProgram();
                assertThat(server.stop()).isZero();
                second.expectReply(426);
            }
            awaitEndOfProgram();
            assertThat(server.home().resolve("file")).doesNotExist();
        }
    }

    private static void beginUpload(ControlClient client) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR file");
            data.output().write(new byte[1000]);
        }
    }

    @Test
    void aCheckThatTakesTooLongIsKilledWithAllThatItStartedAndRefuses() throws IOException {
        try (ServerProcess server = folder().start(options(SLOW).with("hook.timeout", "700ms"));
                ControlClient client = login(server)) {
            Reply refused = sent(client, "STOR file", "fine");
            assertThat(refused.text()).isEqualTo("553 The check of the file took longer than 700 ms");
            awaitEndOfProgram();
            assertThat(HookFolder.names(server.home())).isEmpty();
        }
    }

    @Test
    void refusedUploadsGoToTheQuarantine() throws IOException {
        Path quarantine = Files.createDirectories(temporary.resolve("quarantine"));
        ServerOptions options = options(SCANNER).with("hook.quarantine", quarantine.toString());
        try (ServerProcess server = folder().start(options);
                ControlClient client = login(server)) {
            assertThat(sent(client, "STOR bad name", "EVIL").code()).isEqualTo(553);
            assertThat(HookFolder.names(server.home())).isEmpty();
            assertThat(HookFolder.names(quarantine))
                    .singleElement()
                    .asString()
                    .endsWith("-alice-bad_name")
                    .satisfies(name -> assertThat(quarantine.resolve(name)).hasContent("EVIL"));
            server.awaitLogLine(line -> line.contains("is in quarantine as"));
        }
    }

    @Test
    void aProgramThatIsGoneLetsNothingThrough() throws IOException {
        try (ServerProcess server = folder().start(options(SCANNER));
                ControlClient client = login(server)) {
            Files.delete(temporary.resolve("programs/scan"));
            Reply refused = sent(client, "STOR file", "fine");
            assertThat(refused.code()).isEqualTo(553);
            assertThat(refused.text()).contains("can't be checked").doesNotContain(temporary.toString());
            assertThat(HookFolder.names(server.home())).isEmpty();
            server.awaitLogLine(line -> line.contains("Every upload is refused"));
        }
    }
}
