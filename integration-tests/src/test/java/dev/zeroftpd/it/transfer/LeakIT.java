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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients and rude ones: whatever they do, descriptors and threads come back. */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakIT {

    private static final long SIZE = 64L << 20;

    /** How many platform threads more than before count as none: JIT compiler and pool threads come on demand. */
    private static final int THREADS_ON_DEMAND = 24;

    @Parameter
    Way.DataPath path;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
                    folder -> ServerOptions.standard().with("transfer.zero-copy", path.setting()))
            .prepared(this::transferOnce);

    private void transferOnce(Path home) throws IOException {
        PatternFile.write(home.resolve("file"), SIZE);
        PatternFile.write(home.resolve("1MiB"), 1 << 20);
        // The first transfer loads classes and opens what stays open.
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            retrieveWhole(control, "1MiB", 1 << 20);
            control.expect(221, "QUIT");
        }
    }

    @Test
    void threeHundredDownloadsAtOnceAllEndIn226() throws Exception {
        long before = server.descriptors();
        int threadsBefore = server.threads();
        int peak = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> downloads = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                downloads.add(clients.submit(() -> {
                    try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
                        retrieveWhole(control, "1MiB", 1 << 20);
                        control.expect(221, "QUIT");
                    }
                    return null;
                }));
            }
            for (Future<?> download : downloads) {
                download.get();
                peak = Math.max(peak, server.threads());
            }
        }

        // 64 commands may run at once, and 32 virtual threads may block in the file system.
        assertThat(peak).isLessThan(threadsBefore + 64 + 32 + THREADS_ON_DEMAND);
        awaitDescriptors(before);
    }

    @Test
    void threeHundredSlowDownloadsNeedNoThreadsOfTheirOwn() throws IOException {
        long before = server.descriptors();
        List<ControlClient> controls = new ArrayList<>();
        List<DataClient> connections = new ArrayList<>();
        int one;
        try {
            for (int i = 0; i < 10; i++) {
                connections.add(startDownload(controls));
            }
            one = server.threads();
            for (int i = 10; i < 300; i++) {
                connections.add(startDownload(controls));
            }
            assertThat(server.threads()).isLessThan(one + THREADS_ON_DEMAND);
            controls.getFirst().expect(200, "NOOP");
        } finally {
            for (DataClient data : connections) {
                data.close();
            }
            for (ControlClient control : controls) {
                control.close();
            }
        }
        awaitDescriptors(before);
    }

    @Test
    void twoThousandUnusedPassivePortsLeaveNothingOpen() throws IOException {
        long before = server.descriptors();
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < 1_000; i++) {
                control.passive();
                control.extendedPassive();
            }
            // The session itself, and the one port that still waits.
            assertThat(server.descriptors()).isLessThanOrEqualTo(before + 10);
            control.expect(221, "QUIT");
        }
        awaitDescriptors(before);
    }

    @Test
    void aControlConnectionThatClosesDuringATransferLeavesNothingOpen() throws IOException {
        long before = server.descriptors();
        int threadsBefore = server.threads();
        List<DataClient> closed = new ArrayList<>();
        List<DataClient> reset = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS_ON_DEMAND; i++) {
            ControlClient control = ControlClient.login(server.address(), Account.ALICE);
            DataClient data = DataClient.connect(control.extendedPassive());
            control.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 100_000);
            if (i % 2 == 0) {
                closed.add(data);
                control.close();
            } else {
                reset.add(data);
                control.reset();
            }
        }
        for (DataClient data : reset) {
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
            data.close();
        }
        for (DataClient data : closed) {
            assertThat(data.endsAsComplete()).as("ended with FIN").isTrue();
            data.close();
        }
        awaitDescriptors(before);
        assertThat(server.threads()).isLessThan(threadsBefore + THREADS_ON_DEMAND);
    }

    @Test
    void aControlConnectionThatClosesBeforeTheDataConnectionLeavesNothingOpen() throws IOException {
        long before = server.descriptors();
        for (int i = 0; i < 20; i++) {
            ControlClient control = ControlClient.login(server.address(), Account.ALICE);
            control.extendedPassive();
            control.expect(150, "RETR file");
            control.reset();
        }
        awaitDescriptors(before);
    }

    @Test
    void connectionsThatSayNothingLeaveNothingOpen() throws IOException {
        long before = server.descriptors();
        for (int i = 0; i < 200; i++) {
            ControlClient.connect(server.address()).reset();
        }
        awaitDescriptors(before);
    }

    private DataClient startDownload(List<ControlClient> controls) throws IOException {
        ControlClient control = ControlClient.login(server.address(), Account.ALICE);
        controls.add(control);
        DataClient data = DataClient.connect(control.extendedPassive());
        control.expect(150, "RETR file");
        PatternFile.assertNext(data.input(), 0, 1000);
        return data;
    }

    private static void retrieveWhole(ControlClient control, String name, long size) throws IOException {
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "RETR " + name);
            PatternFile.assertRest(data.input(), 0, size);
        }
        control.expectReply(226);
    }

    private void awaitDescriptors(long before) {
        await().untilAsserted(() -> assertThat(server.descriptors()).isLessThanOrEqualTo(before));
    }
}
