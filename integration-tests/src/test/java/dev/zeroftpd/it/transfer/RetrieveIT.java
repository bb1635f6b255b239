package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads with commons-net, the same for every {@link Way}: what arrives is the file, and the reply says how. */
@ParameterizedClass
@MethodSource("dev.zeroftpd.it.support.Way#all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetrieveIT {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;

    private static final long MIDDLE_SIZE = 10 * MIB;

    /** A sparse file whose data begins beyond what 32 bits count. */
    private static final long SPARSE_SIZE = 5 * GIB;

    private static final long SPARSE_DATA = SPARSE_SIZE - 8 * MIB;

    @Parameter
    Way way;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerOptions.standard()
                    .with("transfer.zero-copy", way.path().setting()))
            .prepared(RetrieveIT::writeFiles);

    private FTPClient client;

    private static void writeFiles(Path home) throws IOException {
        PatternFile.write(home.resolve("10MiB"), MIDDLE_SIZE);
        PatternFile.writeSparse(home.resolve("5GiB"), SPARSE_DATA, SPARSE_SIZE);
    }

    @BeforeEach
    void login() throws IOException {
        client = CommonsNet.login(server, way, Account.ALICE);
    }

    @AfterEach
    void logout() throws IOException {
        CommonsNet.logout(client);
    }

    /** Around a piece of what is sent inline (64 KiB), around what is sent inline or at once (1 to 16 MiB), and many times that. */
    static LongStream sizes() {
        return LongStream.of(
                0,
                1,
                64 * KIB - 1,
                64 * KIB,
                64 * KIB + 1,
                MIB - 1,
                MIB,
                MIB + 1,
                16 * MIB - 1,
                16 * MIB + 1,
                64 * MIB);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sendsAFileOfEverySize(long size) throws IOException {
        PatternFile.write(file("size-" + size), size);

        String reply = CommonsNet.retrieve(client, "size-" + size, 0, data -> PatternFile.assertRest(data, 0, size));

        assertThat(reply)
                .contains(size + (size == 1 ? " byte" : " bytes"))
                .contains(way.path().description());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, MIDDLE_SIZE / 2, MIDDLE_SIZE - 1, MIDDLE_SIZE})
    void startsWhereRestSays(long offset) throws IOException {
        String reply =
                CommonsNet.retrieve(client, "10MiB", offset, data -> PatternFile.assertRest(data, offset, MIDDLE_SIZE));

        assertThat(reply).contains(way.path().description());
    }

    @Test
    void refusesAStartBeyondTheEndAndSendsTheWholeFileNext() throws IOException {
        client.setRestartOffset(MIDDLE_SIZE + 1);
        assertThat(client.retrieveFileStream("10MiB")).isNull();
        assertThat(client.getReplyCode()).isBetween(500, 599);

        CommonsNet.retrieve(client, "10MiB", 0, data -> PatternFile.assertRest(data, 0, MIDDLE_SIZE));
    }

    @Test
    void startsBeyondFourGibibytes() throws IOException {
        long offset = 4 * GIB + 700 * MIB + 1;

        String reply = CommonsNet.retrieve(
                client, "5GiB", offset, data -> PatternFile.assertSparse(data, offset, SPARSE_DATA, SPARSE_SIZE));

        assertThat(reply)
                .contains(SPARSE_SIZE - offset + " bytes")
                .contains(way.path().description());
    }

    @Test
    void sendsManyFilesInOneSession() throws IOException {
        PatternFile.write(file("small"), KIB);

        for (int i = 0; i < 50; i++) {
            CommonsNet.retrieve(client, "small", 0, data -> PatternFile.assertRest(data, 0, KIB));
        }
    }

    @Test
    void tellsHowTheLastTransferWent() throws IOException {
        CommonsNet.retrieve(client, "10MiB", 0, data -> PatternFile.assertRest(data, 0, MIDDLE_SIZE));

        client.sendCommand("SITE", "ZEROCOPY");

        assertThat(client.getReplyCode()).isEqualTo(200);
        assertThat(client.getReplyString()).contains(way.path().description());
    }

    @Test
    void logsEachTransferWithItsPath() throws IOException {
        PatternFile.write(file("for-the-log"), MIB);

        CommonsNet.retrieve(client, "for-the-log", 0, data -> PatternFile.assertRest(data, 0, MIB));

        assertThat(server.awaitLogLine(line -> line.contains("RETR \"/for-the-log\"")))
                .contains("alice")
                .contains("1048576 bytes")
                .contains(way.path().description())
                .contains("completed");
    }

    @Test
    void answers550ForAFileThatIsNotThereAndGoesOn() throws IOException {
        assertThat(client.retrieveFileStream("missing")).isNull();
        assertThat(client.getReplyCode()).isEqualTo(550);

        CommonsNet.retrieve(client, "10MiB", 0, data -> PatternFile.assertRest(data, 0, MIDDLE_SIZE));
    }

    private Path file(String name) {
        return server.home().resolve(name);
    }
}
