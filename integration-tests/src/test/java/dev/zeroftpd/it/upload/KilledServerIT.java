package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is killed in the middle of uploads leaves. */
class KilledServerIT {

    private static final int UPLOADS = 20;
    private static final int SIZE = 2_000_000;
    private static final byte[] CONTENT = PatternFile.bytes(0, SIZE);

    /** One upload that is under way when the server dies. */
    private record Running(ControlClient client, DataClient data) {

        static Running begin(ServerProcess server, int number) throws IOException {
            ControlClient client = ControlClient.login(server.address(), Account.ALICE);
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR " + name(number));
            data.output().write(CONTENT, 0, sent(number));
            return new Running(client, data);
        }

        /** Each gets as far as it gets. */
        static int sent(int number) {
            return (number + 1) * (SIZE / (UPLOADS + 1));
        }

        void close() throws IOException {
            data.close();
            client.close();
        }
    }

    private static String name(int number) {
        return "upload-" + number;
    }

    @Test
    void leavesNoFileThatLooksCompleteAndEachOfTwentyUploadsResumable(@TempDir Path folder) throws IOException {
        ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
        Files.writeString(server.home().resolve(name(0)), "the old one");
        List<Running> running = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            running.add(Running.begin(server, i));
        }
        await().until(() -> files(server) > UPLOADS);

        server.kill();
        for (Running upload : running) {
            upload.close();
        }

        assertThat(server.home().resolve(name(0))).hasContent("the old one");
        for (int i = 1; i < UPLOADS; i++) {
            assertThat(server.home().resolve(name(i))).doesNotExist();
        }
        Files.delete(server.home().resolve(name(0)));
        try (ServerProcess again = ServerProcess.start(folder, ServerOptions.standard())) {
            resumeAll(again);
        }
    }

    @Test
    void whatItLeftExpiresThoughNobodyAsksForItAgain(@TempDir Path folder) throws IOException {
        ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
        Running upload = Running.begin(server, UPLOADS - 1);
        await().until(() -> files(server) == 1);
        server.kill();
        upload.close();
        letFilesLookOld(server);

        ServerOptions impatient = ServerOptions.standard().with("upload.partial-expiry", "1s");
        try (ServerProcess again = ServerProcess.start(folder, impatient);
                ControlClient client = ControlClient.login(again.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "NLST");
            assertThat(data.drain()).isZero();
            client.expectReply(226);

            await().until(() -> files(again) == 0);
        }
    }

    /** However quickly the next server starts, they have expired when it looks. */
    private static void letFilesLookOld(ServerProcess server) throws IOException {
        FileTime hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (Stream<Path> files = Files.list(server.home())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, hourAgo);
            }
        }
    }

    private static long files(ServerProcess server) throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            return files.count();
        }
    }

    private static void resumeAll(ServerProcess server) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < UPLOADS; i++) {
                Reply size = client.command("SIZE " + name(i));
                int there = size.code() == 213 ? Integer.parseInt(size.text().substring(4)) : 0;
                assertThat(there).isLessThanOrEqualTo(Running.sent(i));
                try (DataClient data = DataClient.connect(client.extendedPassive())) {
                    client.expect(150, "APPE " + name(i));
                    data.output().write(CONTENT, there, SIZE - there);
                }
                client.expectReply(226);
                assertThat(Arrays.equals(Files.readAllBytes(server.home().resolve(name(i))), CONTENT))
                        .as(name(i))
                        .isTrue();
            }
        }
    }
}
