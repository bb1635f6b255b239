package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** HASH and RANG (draft-bryan-ftpext-hash, draft-bryan-ftp-range) and the older XCRC and its like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HashIT {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server =
            RunningServer.standard().withFile("fox", TEXT).withDirectory("folder");

    @Test
    void hashesFilesAndPartsOfThem() throws IOException {
        Dialogue.loggedIn(server, """
            OPTS HASH         => 200 SHA-256
            HASH fox          => 213 SHA-256 0-42 d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592 /fox
            OPTS HASH SHA-512 => 200 SHA-512
            HASH fox          => 213 SHA-512 0-42 07e547d9586f6a73f73fbac0435ed769.{96} /fox
            OPTS HASH SHA-1   => 200 SHA-1
            HASH fox          => 213 SHA-1 0-42 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 /fox
            OPTS HASH MD5     => 200 MD5
            HASH fox          => 213 MD5 0-42 9e107d9d372bb6826bd81d3542a419d6 /fox
            OPTS HASH CRC32   => 200 CRC32
            HASH fox          => 213 CRC32 0-42 414fa339 /fox
            OPTS HASH MD4     => 501 .*
            OPTS HASH         => 200 CRC32
            RANG 4 8          => 350 .*
            HASH fox          => 213 CRC32 4-8 [0-9a-f]{8} /fox
            HASH fox          => 213 CRC32 0-42 414fa339 /fox
            RANG 4 8          => 350 .*
            RANG 1 0          => 350 .*
            HASH fox          => 213 CRC32 0-42 .*
            RANG 4 8          => 350 .*
            RANG 8 4          => 501 .*
            HASH fox          => 213 CRC32 0-42 .*
            RANG 8            => 501 .*
            RANG 100 200      => 350 .*
            HASH fox          => 501 .*
            HASH gone         => 550 .*
            HASH folder       => 553 .*
            HASH              => 501 .*\
            """);
    }

    @Test
    void endsAHashOnAbor() throws IOException {
        long size = 1L << 40; // takes many minutes
        Path file = PatternFile.writeSparse(server.home().resolve("endless"), size - 1, size);
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.send("HASH endless", "ABOR");
            control.expectReply(451);
            control.expectReply(226);

            control.send("HASH endless");
            await().until(() -> server.descriptorsOf(file) > 0);
            control.send("ABOR", "HASH fox");
            control.expectReply(451);
            control.expectReply(226);
            control.expectReply(213);
        }
        Files.delete(file);
    }

    /** The server has a thread for hashes for each core, and an open file may take two descriptors. */
    @Test
    void hashesForOthersWhileSomeHaveHugeFilesHashed() throws IOException {
        long size = 1L << 40; // takes many minutes
        Path file = PatternFile.writeSparse(server.home().resolve("huge"), size - 1, size);
        List<ControlClient> greedy = new ArrayList<>();
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            int sessions = Runtime.getRuntime().availableProcessors() * 2;
            for (int i = 0; i < sessions; i++) {
                greedy.add(ControlClient.login(server.address(), Account.ALICE));
                greedy.getLast().send("HASH huge");
            }
            await().until(() -> server.descriptorsOf(file) >= sessions);

            control.expect(213, "HASH fox");

            for (ControlClient one : greedy) {
                one.send("ABOR");
                one.expectReply(451);
                one.expectReply(226);
            }
            assertThat(server.descriptorsOf(file)).isZero();
        } finally {
            for (ControlClient one : greedy) {
                one.close();
            }
        }
        Files.delete(file);
    }

    @Test
    void forgetsAHashWhoseClientResetItsConnection() throws IOException {
        Path file = hugeFile(server);
        ControlClient control = ControlClient.login(server.address(), Account.ALICE);
        control.send("HASH huge");
        await().until(() -> server.descriptorsOf(file) > 0);
        control.reset();
        await().until(() -> server.descriptorsOf(file) == 0);
        Files.delete(file);
    }

    @Test
    void hashesForAClientThatClosedItsSideNoLongerThanItMayBeIdle(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.standard().with("listener.idle-timeout", "1s");
        try (ServerProcess impatient = ServerProcess.start(folder, options)) {
            Path file = hugeFile(impatient);
            try (ControlClient control = ControlClient.login(impatient.address(), Account.ALICE)) {
                control.send("HASH huge");
                await().until(() -> impatient.descriptorsOf(file) > 0);
            }
            await().until(() -> impatient.descriptorsOf(file) == 0);
        }
    }

    private static Path hugeFile(ServerUnderTest server) throws IOException {
        long size = 1L << 40;
        return PatternFile.writeSparse(server.home().resolve("huge"), size - 1, size);
    }

    @Test
    void knowsTheOlderCommandsForHashes() throws IOException {
        Dialogue.loggedIn(server, """
            XCRC fox       => 250 414fa339
            XCRC "fox"     => 250 414fa339
            XCRC "fox" 0 43 => 250 414fa339
            XMD5 "fox" 0 0 => 250 d41d8cd98f00b204e9800998ecf8427e
            XMD5 fox       => 250 9e107d9d372bb6826bd81d3542a419d6
            XSHA fox       => 250 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
            XSHA1 fox      => 250 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
            XSHA256 fox    => 250 d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592
            XSHA512 fox    => 250 07e547d9586f6a73f73fbac0435ed769.{96}
            XCRC gone      => 550 .*
            XCRC           => 501 .*
            XCRC "fox" 99  => 501 .*
            XCRC folder    => 550 .*
            MD5 fox        => 502 .*
            CRC fox        => 502 .*\
            """);
    }
}
