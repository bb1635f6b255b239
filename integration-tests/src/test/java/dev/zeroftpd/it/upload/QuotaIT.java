package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients may store in a home with a quota, and what the server knows of it. */
class QuotaIT {

    private static final int UPLOADS = 50;
    private static final int SIZE = 300_000;

    /** Room for 20 of them, and for a third of one more. */
    private static final long QUOTA = 20L * SIZE + SIZE / 3;

    @TempDir
    Path folder;

    private ServerProcess start(String... limits) throws IOException {
        return LimitedServer.start(folder, ServerOptions.standard(), limits);
    }

    private static Reply store(ControlClient client, String command, byte[] bytes) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply begun = client.command(command);
            if (begun.code() != 150) {
                return begun;
            }
            data.output().write(bytes);
        } catch (SocketException resetByServer) {
            // it doesn't take what it can't keep
        }
        return client.reply();
    }

    private static Reply store(ControlClient client, String name, int size) throws IOException {
        return store(client, "STOR " + name, PatternFile.bytes(0, size));
    }

    @Test
    void fiftyUploadsAtOnceNeverHaveMoreTogetherAndWhatFitsBecomesComplete() throws Exception {
        try (ServerProcess server = start("alice.quota-bytes=" + QUOTA)) {
            // what arrives during the first count is known to about what arrives meanwhile
            await().until(() -> LimitedServer.quota(server).get("counted") != null);
            List<Future<Integer>> ends = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS)) {
                for (int i = 0; i < UPLOADS; i++) {
                    String name = "upload-" + i;
                    ends.add(threads.submit(() -> upload(server, name)));
                }
                while (!ends.stream().allMatch(Future::isDone)) {
                    assertThat(LimitedServer.bytesOnDisk(server)).isLessThanOrEqualTo(QUOTA);
                }
            }
            int complete = 0;
            for (Future<Integer> end : ends) {
                assertThat(end.get()).isIn(226, 552);
                complete += end.get() == 226 ? 1 : 0;
            }

            assertThat(complete).isBetween(1, 20);
            assertThat(LimitedServer.bytesOnDisk(server)).isEqualTo((long) complete * SIZE);
            fillUp(server, complete);
        }
    }

    private static int upload(ServerProcess server, String name) throws IOException {
        FTPClient client = CommonsNet.login(server.address(), Way.Mode.PASSIVE, Account.ALICE);
        try {
            client.storeFile(name, new ByteArrayInputStream(PatternFile.bytes(0, SIZE)));
            return client.getReplyCode();
        } catch (IOException resetByServer) {
            return client.getReply();
        } finally {
            client.disconnect();
        }
    }

    /** All that is left can be used, to the last byte. */
    private static void fillUp(ServerProcess server, int complete) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = complete; i < 20; i++) {
                assertThat(store(client, "more-" + i, SIZE).code()).isEqualTo(226);
            }
            assertThat(store(client, "too-much", SIZE / 3 + 1).code()).isEqualTo(552);
            assertThat(store(client, "the-rest", SIZE / 3).code()).isEqualTo(226);
            assertThat(LimitedServer.bytesOnDisk(server)).isEqualTo(QUOTA);
            assertThat(client.expect(213, "AVBL").text()).isEqualTo("213 0");
        }
        assertThat(LimitedServer.quota(server)).containsEntry("bytes", (int) QUOTA);
        assertThat(LimitedServer.scan(server))
                .containsEntry("bytes_corrected", 0)
                .containsEntry("files_corrected", 0)
                .containsEntry("exact", true);
    }

    @Test
    void saysSoAsSoonAsItIsKnownAndKeepsTheOldFile() throws IOException {
        try (ServerProcess server = start("alice.quota-bytes=1000000", "alice.upload-size-max=400KB");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(store(client, "file", 300_000).code()).isEqualTo(226);

            assertThat(client.expect(552, "ALLO 400001").text()).contains("No upload may have more than");
            client.expect(200, "ALLO 400000");
            assertThat(store(client, "file", 400_001).text())
                    .startsWith("552")
                    .contains("/file: too large: no upload may have more than 390.6 KiB");
            assertThat(server.home().resolve("file")).hasBinaryContent(PatternFile.bytes(0, 300_000));
            assertThat(server.home()).isDirectoryNotContaining(file -> !file.endsWith("file"));

            assertThat(store(client, "second", 400_000).code()).isEqualTo(226);
            assertThat(client.expect(200, "ALLO 300001").text()).isEqualTo("200 Only 292.9 KiB more may be stored.");
            assertThat(client.expect(213, "AVBL").text()).isEqualTo("213 300000");
            try (DataClient _ = DataClient.connect(client.extendedPassive())) {
                assertThat(client.expect(552, "STOR third").text()).startsWith("552 /third: quota exceeded: ");
            }
            client.expect(552, "ALLO 400001");
            try (DataClient _ = DataClient.connect(client.extendedPassive())) {
                assertThat(client.expect(552, "STOU third").text()).contains("too large: ");
            }
            assertThat(server.home()).isDirectoryNotContaining("glob:**third*");
            assertThat(client.expect(200, "SITE QUOTA").text())
                    .isEqualTo("200 700000 of 1000000 bytes used; an upload may have 400000 bytes.");
            assertThat(store(client, "third", 300_001).text()).startsWith("552").contains("/third: quota exceeded: ");
            assertThat(store(client, "third", 300_000).code()).isEqualTo(226);
            assertThat(store(client, "fourth", 1).text()).startsWith("552 /fourth: quota exceeded: ");
            assertThat(store(client, "APPE file", new byte[1]).text()).startsWith("552 /file: quota exceeded: ");

            server.awaitLogLine(line -> line.contains("Quota of alice nearly used up: "));
            server.awaitLogLine(line -> line.contains("Quota of alice exceeded: "));
            assertThat(server.logText().lines().filter(line -> line.contains("nearly used up")))
                    .as("the third file crosses it, too large and then not")
                    .hasSize(2);
        }
    }

    @Test
    void whatIsCountedIsWhatLiesThereWhateverVerbDidIt() throws IOException {
        try (ServerProcess server = start("alice.quota-bytes=10MiB", "alice.quota-files=20");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(store(client, "a", 200_000).code()).isEqualTo(226);
            assertThat(store(client, "a", 150_000).code()).isEqualTo(226);
            assertThat(store(client, "APPE a", new byte[1_000]).code()).isEqualTo(226);
            client.expect(350, "REST 140000");
            assertThat(store(client, "a", 50_000).code()).isEqualTo(226);
            assertThat(store(client, "b", 70_000).code()).isEqualTo(226);
            client.expect(350, "RNFR b");
            client.expect(250, "RNTO a");
            client.expect(257, "MKD d");
            assertThat(store(client, "d/c", 30_000).code()).isEqualTo(226);
            client.expect(250, "DELE d/c");
            client.expect(250, "RMD d");
            client.expect(200, "MODE Z");
            assertThat(store(client, "STOR zeros", compressed(1_000_000)).code())
                    .isEqualTo(226);
            assertThat(store(client, "STOR bomb", compressed(20_000_000)).code())
                    .isEqualTo(552);
            client.expect(200, "MODE S");
            client.expect(200, "TYPE A");
            assertThat(store(client, "STOR text", "1\r\n2\r\n".getBytes(StandardCharsets.US_ASCII))
                            .code())
                    .isEqualTo(226);

            assertThat(LimitedServer.quota(server))
                    .containsEntry("bytes", 70_000 + 1_000_000 + 4)
                    .containsEntry("files", 3);
            assertThat(LimitedServer.scan(server))
                    .containsEntry("bytes_corrected", 0)
                    .containsEntry("files_corrected", 0);
        }
    }

    private static byte[] compressed(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
            deflated.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    @Test
    void whatWasThereBeforeIsCountedAndWhatOtherProgramsDidIsFound() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/old"));
        Files.write(home.resolve("file"), new byte[5_000]);
        Files.createSymbolicLink(home.resolve("link"), folder);
        try (ServerProcess server = start("alice.quota-bytes=10KB");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            await().until(() -> LimitedServer.quota(server).get("counted") != null);
            assertThat(LimitedServer.quota(server))
                    .containsEntry("bytes", 5_000)
                    .containsEntry("files", 3)
                    .containsEntry("bytes_limit", 10_000)
                    .containsEntry("files_limit", null);
            assertThat(store(client, "file", 5_001).code()).isEqualTo(552);

            Files.delete(home.resolve("file"));
            assertThat(LimitedServer.scan(server))
                    .containsEntry("bytes", 0)
                    .containsEntry("bytes_corrected", -5_000)
                    .containsEntry("files_corrected", -1);
            assertThat(store(client, "file", 10_000).code()).isEqualTo(226);
        }
    }

    /** One home, one number; each account its own limits. */
    @Test
    void accountsThatShareAHomeShareWhatIsCounted() throws IOException {
        Account bob = Account.ALICE.named("bob");
        ServerOptions options = ServerOptions.standard().with(bob);
        try (ServerProcess server = LimitedServer.start(folder, options, "alice.quota-bytes=1000");
                ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.login(server.address(), bob)) {
            assertThat(store(other, "file", 900).code()).isEqualTo(226);
            assertThat(store(alice, "another", 101).code()).isEqualTo(552);
            assertThat(store(other, "another", 5_000).code()).isEqualTo(226);
            assertThat(other.expect(200, "SITE QUOTA").text()).isEqualTo("200 no quota for this account.");
        }
    }

    /** It counts for the home that the folder is in, and for no visitor. */
    @Test
    void whatLiesInAFolderCountsForItsOwner() throws IOException {
        Account bob = Account.ALICE.named("bob").atHome("bobs");
        ServerOptions options = ServerOptions.standard().with(bob);
        Files.createDirectories(folder.resolve("home/inbox"));
        Files.createDirectories(folder.resolve("ownerless"));
        try (ServerProcess server = LimitedServer.start(
                        folder,
                        options,
                        "alice.quota-bytes=1000",
                        "bob.quota-bytes=50",
                        "bob.upload-size-max=700",
                        "bob.folder./alice=home/inbox",
                        "bob.folder./free=ownerless");
                ControlClient visitor = ControlClient.login(server.address(), bob)) {
            await().until(() -> LimitedServer.quota(server).get("counted") != null);
            assertThat(store(visitor, "alice/letter", 600).code()).isEqualTo(226);
            assertThat(LimitedServer.quota(server)).containsEntry("bytes", 600).containsEntry("files", 2);
            assertThat(visitor.expect(213, "AVBL alice").text()).isEqualTo("213 400");
            assertThat(store(visitor, "alice/another", 401).text())
                    .startsWith("552")
                    .contains("/alice/another: quota exceeded");
            assertThat(visitor.expect(552, "ALLO 650").text()).contains("all files may have only 50 bytes");
            visitor.expect(250, "CWD free");
            visitor.expect(200, "ALLO 650");
            visitor.expect(250, "CWD /");
            assertThat(store(visitor, "free/file", 650).code()).isEqualTo(226);
            assertThat(store(visitor, "free/large", 701).text())
                    .startsWith("552")
                    .contains("too large");
            assertThat(visitor.expect(200, "SITE QUOTA").text()).startsWith("200 0 of 50 bytes used");

            visitor.expect(350, "RNFR free/file");
            assertThat(visitor.expect(552, "RNTO file").text()).contains("quota exceeded");
            visitor.expect(350, "RNFR free/file");
            visitor.expect(552, "RNTO alice/file");
            visitor.expect(350, "RNFR alice/letter");
            visitor.expect(250, "RNTO free/letter");
            visitor.expect(257, "MKD alice/dir");
            visitor.expect(350, "RNFR alice/dir");
            assertThat(visitor.expect(553, "RNTO dir").text()).contains("is a directory");
            assertThat(LimitedServer.scan(server))
                    .containsEntry("bytes", 0)
                    .containsEntry("bytes_corrected", 0)
                    .containsEntry("files_corrected", 0);
        }
    }

    @Test
    void aFirstQuotaThatIsEditedInHoldsAlsoInSessionsThatRun() throws IOException {
        try (ServerProcess server = start()) {
            assertThat(server.logText()).doesNotContain("quotas");
            assertThat(folder.resolve("state/quotas")).doesNotExist();
            try (ControlClient before = ControlClient.login(server.address(), Account.ALICE)) {
                Files.writeString(
                        folder.resolve("users.properties"),
                        "ftpserver.user.alice.quota-bytes=1000\n",
                        StandardOpenOption.APPEND);
                await().until(() -> Files.exists(folder.resolve("state/quotas")));
                await().untilAsserted(() -> {
                    try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
                        assertThat(store(client, "file", 1_001).code()).isEqualTo(552);
                    }
                });
                assertThat(store(before, "file", 1_001).code()).isEqualTo(552);
            }
        }
    }
}
