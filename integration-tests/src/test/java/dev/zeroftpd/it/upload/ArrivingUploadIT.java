package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others see of an upload that is still arriving, and how much of it reaches the disk. */
@Tag("attack")
class ArrivingUploadIT {

    /** Bytes a second; at this rate what a client sends below would take an hour. */
    private static final int SLOW = 50_000;

    private static final int INFLATED = 200 * 1024 * 1024;

    private static final Account SLOWPOKE = new Account("slowpoke", "wonderland", "slow", true, SLOW, 0, 0, 0);

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(SLOWPOKE));

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** The file in which an upload arrives, once there are bytes in it. */
    private static Path partial(Path directory) {
        return await().until(
                        () -> files(directory).stream()
                                .filter(file -> file.toString().contains(".zeroftpd-partial-"))
                                .filter(file -> file.toFile().length() > 0)
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void noLocalUserReadsWhatReplacesAFileThatNoneMayRead() throws IOException {
        Path secret = Files.writeString(server.home().resolve("secret"), "old");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(alice.extendedPassive())) {
            alice.expect(150, "STOR secret");
            data.output().write("new".getBytes(StandardCharsets.US_ASCII));

            assertThat(permissions(partial(server.home()))).isEqualTo("rw-------");

            data.end();
            alice.expectReply(226);
            assertThat(permissions(secret)).isEqualTo("rw-------");
            assertThat(secret).hasContent("new");
        }
    }

    /** Characters that end a line in some places and not in others. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u2028b", "a\u2029b", "a\u0085b"})
    void noNameShowsItToOtherClients(String name) throws IOException {
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(alice.extendedPassive());
                ControlClient other = ControlClient.login(server.address(), Account.ALICE)) {
            alice.expect(150, "STOR " + name);
            data.output().write(1);
            String partial = partial(server.home()).getFileName().toString();

            assertThat(DataClient.received(other, "NLST")).isEmpty();
            other.expect(550, "SIZE " + partial);
            other.expect(550, "DELE " + partial);
            other.expect(550, "RNFR " + partial);

            data.end();
            alice.expectReply(226);
            assertThat(server.home().resolve(name)).exists();
        }
    }

    /** Beside an upload that takes seconds at the same rate. */
    @Test
    void aRateLimitsWhatReachesTheDiskHoweverLittleIsSent() throws IOException {
        Path home = server.folder().resolve("slow");
        try (ControlClient client = ControlClient.login(server.address(), SLOWPOKE);
                ControlClient other = ControlClient.login(server.address(), SLOWPOKE)) {
            client.expect(200, "MODE Z");
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR zeros");
            data.output().write(deflatedZeros());
            data.end();
            Reply plain = DataClient.sent(other, "STOR plain", PatternFile.bytes(0, 3 * SLOW));
            assertThat(plain.code()).isEqualTo(226);

            assertThat(home.resolve("zeros")).doesNotExist();
            assertThat(Files.size(partial(home))).isLessThan(INFLATED / 10);
            client.send("ABOR");
            client.expectReply(426);
            client.expectReply(226);
            data.close();
        }
    }

    private static byte[] deflatedZeros() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int written = 0; written < INFLATED; written += zeros.length) {
                deflater.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void itsNameDrivesNoTerminalWhenItExpires(@TempDir Path folder) throws IOException {
        ServerOptions impatient = ServerOptions.standard().with("upload.partial-expiry", "1s");
        try (ServerProcess own = ServerProcess.start(folder, impatient)) {
            try (ControlClient alice = ControlClient.login(own.address(), Account.ALICE)) {
                DataClient data = DataClient.connect(alice.extendedPassive());
                alice.expect(150, "STOR a\u001b[31mb");
                data.output().write(1);
                partial(own.home());
                data.reset();
                alice.expectReply(426);
            }

            own.awaitLogLine(line -> line.contains("has expired"));
            assertThat(own.logText()).doesNotContain("\u001b").contains("[31mb");
        }
    }
}
