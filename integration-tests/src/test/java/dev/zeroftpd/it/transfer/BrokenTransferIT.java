package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Downloads that cannot end well: peers that leave, stop or never come, and files that change under the transfer. Each gets
 * the reply that its outcome deserves, never FIN where bytes are missing, and leaves the session usable.
 */
@ParameterizedClass
@MethodSource("dev.zeroftpd.it.support.Way#all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenTransferIT {

    /** Far more than the kernel buffers for one connection, so the transfer still runs when the client stops reading. */
    private static final long SIZE = 64L << 20;

    private static final long FIRST_PART = 1 << 20;

    @Parameter
    Way way;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerOptions.standard()
            .with("transfer.zero-copy", way.path().setting())
            .with("transfer.stall-timeout", "1s")
            .with("transfer.connect-timeout", "1s"));

    private ControlClient control;
    private Path file;

    @BeforeEach
    void loginWithAFreshFile() throws IOException {
        file = server.home().resolve("file");
        Files.deleteIfExists(file);
        PatternFile.write(file, SIZE);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        control = ControlClient.login(server.listener(way.family()), Account.ALICE);
    }

    @AfterEach
    void theSessionStillWorks() throws IOException {
        control.expect(200, "NOOP");
        Path small = server.home().resolve("small");
        Files.deleteIfExists(small);
        PatternFile.write(small, 1000);
        try (DataClient data = retrieve("small")) {
            PatternFile.assertRest(data.input(), 0, 1000);
        }
        control.expectReply(226);
        control.close();
        await().untilAsserted(() -> assertThat(server.descriptorsOf(file)).isZero());
    }

    @Test
    void replies426WhenTheClientResetsTheDataConnection() throws IOException {
        DataClient data = retrieveFirstPart();

        data.reset();

        control.expectReply(426);
    }

    @Test
    void replies426WhenTheClientClosesTheDataConnectionEarly() throws IOException {
        DataClient data = retrieveFirstPart();

        data.close();

        control.expectReply(426);
    }

    @Test
    void replies426WhenTheClientStopsReading() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            control.expectReply(426);
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
        }
    }

    @Test
    void replies425WhenTheDataConnectionNeverComes() throws IOException {
        switch (way.mode()) {
            case PASSIVE -> control.extendedPassive();
            case ACTIVE -> control.extendedPort(closedPort());
        }

        control.expect(150, "RETR file");

        control.expectReply(425);
    }

    private int closedPort() throws IOException {
        try (ServerSocket closedSoon =
                new ServerSocket(0, 1, control.localAddress().getAddress())) {
            return closedSoon.getLocalPort();
        }
    }

    @Test
    void replies451WhenTheFileIsTruncatedMeanwhile() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            truncate(SIZE / 2);
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
        }
        control.expectReply(451);
    }

    @Test
    void replies451WhenTheFileIsRewrittenInPlaceMeanwhile() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                PatternFile.writePattern(channel, SIZE / 2, SIZE);
            }
            data.endsAsComplete();
        }
        control.expectReply(451);
    }

    @Test
    void sendsAFileWhoseTimeIsSetMeanwhile() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
            data.endsAsComplete();
        }
        control.expectReply(226);
    }

    @Test
    void sendsThePromisedBytesOfAFileThatGrowsMeanwhile() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                PatternFile.writePattern(channel, SIZE, SIZE + FIRST_PART);
            }
            PatternFile.assertRest(data.input(), FIRST_PART, SIZE);
        }
        control.expectReply(226);
    }

    @Test
    void sendsTheOpenedFileWhenItsNameIsGivenToAnotherMeanwhile() throws IOException {
        Path other = PatternFile.write(server.home().resolve("other"), 10);
        try (DataClient data = retrieveFirstPart()) {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            PatternFile.assertRest(data.input(), FIRST_PART, SIZE);
        }
        control.expectReply(226);
    }

    @Test
    void sendsTheOpenedFileWhenItIsDeletedMeanwhile() throws IOException {
        try (DataClient data = retrieveFirstPart()) {
            Files.delete(file);
            PatternFile.assertRest(data.input(), FIRST_PART, SIZE);
        }
        control.expectReply(226);
    }

    @Test
    void servesOthersWhileOneReadsSlowly() throws IOException {
        try (DataClient slow = retrieveFirstPart();
                ControlClient other = ControlClient.login(server.listener(way.family()), Account.ALICE)) {
            try (DataClient data = DataClient.retrieve(other, way.mode(), "file")) {
                PatternFile.assertRest(data.input(), 0, SIZE);
            }
            other.expectReply(226);

            PatternFile.assertRest(slow.input(), FIRST_PART, SIZE);
        }
        control.expectReply(226);
    }

    /** Starts a download of the file and reads its first part; the rest cannot fit into the kernel's buffers. */
    private DataClient retrieveFirstPart() throws IOException {
        DataClient data = retrieve("file");
        PatternFile.assertNext(data.input(), 0, FIRST_PART);
        return data;
    }

    private DataClient retrieve(String name) throws IOException {
        return DataClient.retrieve(control, way.mode(), name);
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
