package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that are too small, and quotas: what doesn't fit is refused as that, and what was there stays. */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullHomeIT {

    private static final int OLD = 200_000;
    private static final int TOO_MUCH = 64 << 20;
    private static final int CLIENTS = 8;

    /** All of them together are more than each disk holds. */
    private static final int MANY = 2_000_000;

    @Parameter
    Disk disk;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> {
        disk.assume(folder);
        return ServerOptions.standard().with(alice()).wrappedBy(disk.wrapper(folder));
    });

    private Account alice() {
        return Account.ALICE.atHome(disk.home());
    }

    /** A session whose home holds one file. */
    private ControlClient begin() throws IOException {
        ControlClient client = ControlClient.login(server.address(), alice());
        for (String name : names()) {
            client.expect(250, "DELE " + name);
        }
        assertThat(DataClient.sent(client, "STOR old", PatternFile.bytes(0, OLD))
                        .code())
                .isEqualTo(226);
        return client;
    }

    /** What an upload that doesn't fit gets. */
    private int refusal() {
        return disk.hasQuota() ? 552 : 452;
    }

    @Test
    void whatDoesNotFitIsRefusedLeavesNothingAndKeepsTheOldFile() throws IOException {
        try (ControlClient client = begin()) {
            long descriptors = server.descriptors();

            Reply reply = store(client, "STOR old", TOO_MUCH);

            assertThat(reply.code()).isEqualTo(refusal());
            assertThat(reply.text()).contains(disk.hasQuota() ? "quota" : "No space left on device");
            assertThat(DataClient.received(client, "RETR old")).isEqualTo(PatternFile.bytes(0, OLD));
            assertThat(names()).containsExactly("old");
            assertThat(server.awaitLogLine(line -> line.contains("STOR \"/old\"")
                            && (line.contains("disk full") || line.contains("quota exceeded"))))
                    .isNotEmpty();
            await().until(() -> server.descriptors() <= descriptors);
            assertThat(store(client, "STOR another", 1_000_000).code())
                    .as("the space is free again")
                    .isEqualTo(226);
        }
    }

    @Test
    void whatIsAppendedStopsBehindWhatWasThere() throws IOException {
        try (ControlClient client = begin()) {
            assertThat(store(client, "APPE old", TOO_MUCH).code()).isEqualTo(refusal());

            byte[] kept = Files.readAllBytes(disk.seenBy(server).resolve("old"));
            assertThat(Arrays.copyOf(kept, OLD)).isEqualTo(PatternFile.bytes(0, OLD));
            client.expect(250, "DELE old");
            assertThat(store(client, "STOR another", 1_000_000).code()).isEqualTo(226);
        }
    }

    @Test
    void ofManyUploadsAtOnceThoseThatEndIn226AreWholeAndNoOthersAreSeen() throws Exception {
        try (ControlClient client = begin()) {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Reply>> replies = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    String name = "many-" + i;
                    replies.add(clients.submit(() -> {
                        try (ControlClient one = ControlClient.login(server.address(), alice())) {
                            return store(one, "STOR " + name, MANY);
                        }
                    }));
                }
                for (int i = 0; i < CLIENTS; i++) {
                    Path file = disk.seenBy(server).resolve("many-" + i);
                    int code = replies.get(i).get().code();
                    assertThat(code).isIn(226, refusal());
                    if (code == 226) {
                        assertThat(Files.readAllBytes(file)).isEqualTo(PatternFile.bytes(0, MANY));
                        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                .isEqualTo("rw-r--r--");
                    } else {
                        assertThat(file).doesNotExist();
                    }
                }
            }
            for (int i = 0; i < CLIENTS; i++) {
                client.command("DELE many-"
                        + i); // also what is left of an upload that was complete, but couldn't get its name
            }
            assertThat(names()).noneMatch(name -> name.contains("partial"));
            assertThat(store(client, "STOR another", 1_000_000).code()).isEqualTo(226);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(disk.seenBy(server))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lost+found"))
                    .toList();
        }
    }

    private static Reply store(ControlClient client, String command, int size) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply begin = client.command(command);
            if (begin.code() != 150) {
                return begin; // it doesn't even begin
            }
            data.output().write(PatternFile.bytes(0, size));
        } catch (SocketException resetByServer) {
            // it doesn't take what it can't keep
        }
        return client.reply();
    }
}
