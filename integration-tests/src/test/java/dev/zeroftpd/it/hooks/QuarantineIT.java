package dev.zeroftpd.it.hooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused uploads are kept for the operator, and are gone for their account. */
class QuarantineIT {

    @TempDir
    private Path temporary;

    private ServerProcess start(Path quarantine, String... accountLines) throws IOException {
        HookFolder folder = new HookFolder(temporary);
        Path check = folder.program("refuse", """
            ! grep -q EVIL "$ZEROFTPD_FILE"
            """);
        return folder.start(
                ServerOptions.standard()
                        .with("hook.upload-check", check.toString())
                        .with("hook.quarantine", quarantine.toString()),
                accountLines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOR new", "STOR old", "APPE old"})
    void whatIsInQuarantineTakesNoRoomOfTheAccount(String command) throws IOException {
        Path quarantine = Files.createDirectories(temporary.resolve("quarantine"));
        try (ServerProcess server = start(
                        quarantine, "ftpserver.user.alice.quota-bytes=1000", "ftpserver.user.alice.quota-files=3");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(sent(client, "STOR old", "fine")).isEqualTo(226);
            for (int i = 0; i < 4; i++) {
                assertThat(sent(client, command, "EVIL".repeat(100))).isEqualTo(553);
            }
            assertThat(HookFolder.names(quarantine)).hasSize(4);
            assertThat(HookFolder.names(server.home())).containsExactly("old");
            assertThat(client.expect(213, "AVBL").text()).isEqualTo("213 996");
            assertThat(Operator.ftpd(server, "quota", "scan", "alice", "--json")
                            .expectExit(0)
                            .output())
                    .contains("\"bytes\":4,", "\"bytes_corrected\":0,", "\"files_corrected\":0,");
        }
    }

    /** The program, which isn't root's, reads it by a link with a name that is. */
    @Test
    void anUploadBeneathANameThatIsNoTextIsCheckedAndKeptToo() throws IOException {
        Path quarantine = Files.createDirectories(temporary.resolve("quarantine"));
        try (ServerProcess server = start(quarantine);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.sendBytes("MKD caf\u00e9\r\nCWD caf\u00e9\r\n".getBytes(ISO_8859_1));
            client.expectReply(257);
            client.expectReply(250);
            assertThat(sent(client, "STOR good", "fine")).isEqualTo(226);
            assertThat(sent(client, "STOR bad", "EVIL")).isEqualTo(553);
            assertThat(HookFolder.names(quarantine)).singleElement().asString().endsWith("-alice-bad");
            assertThat(temporary.resolve("state/hooks")).isEmptyDirectory();
        }
    }

    private static int sent(ControlClient client, String command, String text) throws IOException {
        return DataClient.sent(client, command, text.getBytes(UTF_8)).code();
    }
}
