package dev.zeroftpd.it.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of config/examples/hooks, with ClamAV's own daemon, which knows one virus: the one that is none. */
class HookExamplesIT {

    /** A scanner reads its signatures first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The test file of EICAR, in two pieces, so that no scanner finds this one. */
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    @TempDir
    private Path temporary;

    private HookFolder folder() {
        return new HookFolder(temporary);
    }

    /** An example's program, with other lines in place of some. */
    private Path example(String name, String line, String changed) throws IOException {
        Path programs = Files.createDirectories(temporary.resolve("programs"));
        String text =
                Files.readString(Checkout.ROOT.resolve("config/examples/hooks").resolve(name));
        assertThat(text).contains(line);
        Path program = Files.writeString(programs.resolve(name), text.replace(line, changed));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private Path scannerConfiguration() throws IOException {
        Path database = Files.createDirectories(temporary.resolve("signatures"));
        Files.writeString(
                database.resolve("eicar.ndb"),
                "Eicar-Test-Signature:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(UTF_8)) + "\n");
        return Files.writeString(temporary.resolve("clamd.conf"), """
            Foreground yes
            LocalSocket %1$s/clamd.sock
            LocalSocketMode 666
            DatabaseDirectory %1$s/signatures
            LogFile %1$s/clamd.log
            """.formatted(temporary));
    }

    private Process startScanner(Path configuration) throws IOException {
        Process clamd = new ProcessBuilder("clamd", "--config-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("clamd.out").toFile())
                .start();
        await().atMost(PATIENCE).until(() -> Files.exists(temporary.resolve("clamd.sock")) || !clamd.isAlive());
        assertThat(clamd.isAlive())
                .as(Files.readString(temporary.resolve("clamd.out")))
                .isTrue();
        return clamd;
    }

    @Test
    void clamAvKeepsAVirusFromEverybody() throws Exception {
        Path configuration = scannerConfiguration();
        Path quarantine = Files.createDirectories(temporary.resolve("quarantine"));
        Path scan = example("scan-upload", "config=/etc/clamav/clamd.conf", "config='" + configuration + "'");
        ServerOptions options = ServerOptions.standard()
                .with("hook.upload-check", scan.toString())
                .with("hook.quarantine", quarantine.toString());
        try (ServerProcess server = folder().start(options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(client, "STOR unseen", "fine".getBytes(UTF_8))
                            .text())
                    .isEqualTo("553 The virus scanner can't be asked now, try again later");
            Process clamd = startScanner(configuration);
            try {
                assertThat(DataClient.sent(client, "STOR virus.com", EICAR.getBytes(UTF_8))
                                .text())
                        .isEqualTo("553 Refused, a virus was found: Eicar-Test-Signature.UNOFFICIAL");
                assertThat(DataClient.sent(client, "STOR -text", "fine".getBytes(UTF_8))
                                .code())
                        .isEqualTo(226);
                assertThat(HookFolder.names(server.home())).containsExactly("-text");
                assertThat(HookFolder.names(quarantine)).hasSize(2).anyMatch(name -> name.endsWith("-alice-virus.com"));
                assertThat(Operator.ftpd(server, "hook", "test", "upload-check")
                                .expectExit(0)
                                .output())
                        .isEqualTo("Taken by " + scan + ": exit code 0\n");
            } finally {
                clamd.destroy();
                clamd.waitFor();
            }
        }
    }

    @Test
    void eachCompleteUploadGetsItsChecksum() throws IOException {
        Path program = example("write-checksum", "#!/bin/sh", "#!/bin/sh");
        ServerOptions options = ServerOptions.standard().with("hook.upload", program.toString());
        try (ServerProcess server = folder().start(options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String name : List.of("a b", "-x;`id`")) {
                assertThat(DataClient.sent(client, "STOR " + name, "text".getBytes(UTF_8))
                                .code())
                        .isEqualTo(226);
                Path sum = server.home().resolve(name + ".sha256");
                await().atMost(PATIENCE).until(() -> Files.exists(sum));
                Command.run(server.home(), "sha256sum", "-c", "./" + name + ".sha256")
                        .expectExit(0);
            }
        }
    }
}
