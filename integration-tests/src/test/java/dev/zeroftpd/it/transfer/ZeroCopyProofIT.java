package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.EmbeddedServer;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server says about zero-copy, held against the kernel's account of its system calls. */
class ZeroCopyProofIT {

    private static final Way WAY = new Way(Way.DataPath.ZERO_COPY, Way.Mode.PASSIVE, Way.Family.IPV4);

    private static final long SIZE = 64L << 20;

    /** Replies of a whole session fit in here many times over, file data does not. */
    private static final long REPLIES = 64 << 10;

    @TempDir
    Path folder;

    @TempDir
    Path traces;

    @Test
    void sendfileCarriesAllBytesOfADownload() throws IOException {
        StraceLog log = traced(ServerOptions.standard(), Account.ALICE, (server, client) -> {
            PatternFile.write(server.home().resolve("file"), SIZE);
            assertThat(CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE)))
                    .contains("zero-copy");
        });

        assertOnlySendfileMoved(log, SIZE);
    }

    @Test
    void sendfileCarriesAllBytesBehindRest() throws IOException {
        long offset = SIZE / 3;

        StraceLog log = traced(ServerOptions.standard(), Account.ALICE, (server, client) -> {
            PatternFile.write(server.home().resolve("file"), SIZE);
            CommonsNet.retrieve(client, "file", offset, data -> PatternFile.assertRest(data, offset, SIZE));
        });

        assertOnlySendfileMoved(log, SIZE - offset);
    }

    @Test
    void sendfileCarriesAllBytesOfAThrottledDownload() throws IOException {
        Account throttled = Account.ALICE.named("throttled").withDownloadRate(32L << 20);

        StraceLog log = traced(ServerOptions.standard().with(throttled), throttled, (server, client) -> {
            PatternFile.write(server.home().resolve("file"), SIZE);
            assertThat(CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE)))
                    .contains("zero-copy");
        });

        assertOnlySendfileMoved(log, SIZE);
    }

    @Test
    void theAnnouncementOfASmallFileLeavesBeforeItsFirstByteAndTheEndBehindItsLast() throws IOException {
        int downloads = 50;

        StraceLog log = traced(ServerOptions.standard(), Account.ALICE, (server, client) -> {
            PatternFile.write(server.home().resolve("file"), 1_000);
            for (int i = 0; i < downloads; i++) {
                CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, 1_000));
            }
        });

        List<StraceLog.Call> sent = log.sendsToSockets();
        List<Integer> downloaded = IntStream.range(0, sent.size())
                .filter(i -> sent.get(i).touches(folder.resolve("home/file")))
                .boxed()
                .toList();
        assertThat(downloaded).hasSize(downloads);
        assertThat(downloaded).allSatisfy(i -> {
            assertThat(sent.get(i - 1).result()).isEqualTo("150 Sending 1000 bytes of /file.\r\n".length());
            assertThat(sent.get(i + 1).name()).as("the 226").isEqualTo("write");
        });
    }

    @Test
    void asciiStreamsAndSaysSo() throws IOException {
        byte[] lines = "one line\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

        StraceLog log = traced(ServerOptions.standard(), Account.ALICE, (server, client) -> {
            Files.write(server.home().resolve("file"), lines);
            client.setFileType(FTP.ASCII_FILE_TYPE);
            assertThat(CommonsNet.retrieve(client, "file", 0, PatternFile::count))
                    .contains("streamed: ASCII type");
        });

        assertNoSendfileMoved(log);
        assertThat(log.bytesWrittenToSockets()).isGreaterThan(lines.length);
    }

    @Test
    void aDeviceThatRefusesSendfileStreamsAndSaysSo() throws IOException {
        StraceLog log = traced(
                ServerOptions.standard(),
                Account.ALICE,
                (server, client) -> {
                    PatternFile.write(server.home().resolve("file"), SIZE);
                    assertThat(CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE)))
                            .contains("streamed: refused by device");
                },
                "-e",
                "inject=sendfile:error=EINVAL");

        assertNoSendfileMoved(log);
        assertThat(log.calls())
                .as("mappings of the file: the JDK's silent way out")
                .noneMatch(call -> call.name().equals("mmap") && call.touches(folder.resolve("home/file")));
        assertThat(log.bytesWrittenToSockets()).isGreaterThanOrEqualTo(SIZE);
    }

    @Test
    void aHomeInAnArchiveStreamsAndSaysSo() throws IOException {
        Path archive = folder.resolve("home.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("file"));
            zip.write(PatternFile.bytes(0, 1 << 20));
            zip.closeEntry();
        }
        Account archived = Account.ALICE.named("archived").readOnly().atHome("jar:" + archive.toUri() + "!/");

        StraceLog log = traced(
                ServerOptions.standard().with(archived),
                archived,
                (server, client) -> assertThat(CommonsNet.retrieve(
                                client, "file", 0, data -> PatternFile.assertRest(data, 0, 1 << 20)))
                        .contains("streamed: other file system provider"));

        assertNoSendfileMoved(log);
        assertThat(log.bytesWrittenToSockets()).isGreaterThanOrEqualTo(1 << 20);
    }

    @Test
    void aHomeInMemoryStreamsAndSaysSo() throws IOException {
        List<String> command = StraceLog.command(traces);
        command.addAll(List.of(
                Checkout.JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedServer.class.getName(),
                Long.toString(SIZE)));
        StraceLog log;
        try (ServerProcess server = ServerProcess.startCommand(folder, command, 1)) {
            FTPClient client = CommonsNet.login(server, WAY, Account.ALICE);
            assertThat(CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE)))
                    .contains("streamed: other file system provider");
            CommonsNet.logout(client);
            log = StraceLog.read(traces);
        }

        assertNoSendfileMoved(log);
        assertThat(log.bytesWrittenToSockets()).isGreaterThanOrEqualTo(SIZE);
    }

    private void assertOnlySendfileMoved(StraceLog log, long bytes) {
        Path file = folder.resolve("home/file");
        assertThat(log.bytesSentFrom(file)).as("bytes that sendfile moved").isEqualTo(bytes);
        assertThat(log.otherCallsThatMoved(file))
                .as("other calls that moved bytes of the file")
                .isEmpty();
        assertThat(log.bytesWrittenToSockets()).as("bytes of replies").isBetween(1L, REPLIES);
    }

    private static void assertNoSendfileMoved(StraceLog log) {
        assertThat(log.calls()).as("sendfile to a socket").noneMatch(call -> call.sendsToSocket() && call.result() > 0);
    }

    /** What a client does with a traced server. */
    @FunctionalInterface
    private interface Session {
        void run(ServerProcess server, FTPClient client) throws IOException;
    }

    private StraceLog traced(ServerOptions options, Account account, Session session, String... straceArguments)
            throws IOException {
        List<String> strace = StraceLog.command(traces, straceArguments);
        try (ServerProcess server = ServerProcess.start(folder, options.wrappedBy(strace))) {
            FTPClient client = CommonsNet.login(server, WAY, account);
            session.run(server, client);
            CommonsNet.logout(client);
            return StraceLog.read(traces);
        }
    }
}
