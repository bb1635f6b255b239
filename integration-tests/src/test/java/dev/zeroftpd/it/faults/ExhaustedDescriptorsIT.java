package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose last descriptors go to a crowd: sessions are told, transfers that run go on, and then all is as before. */
class ExhaustedDescriptorsIT {

    private static final int SPARE = 12;

    /** More than the kernel buffers for one connection. */
    private static final int LARGE = 6 << 20;

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with("transfer.connect-timeout", "2s"));

    private Baseline before;
    private final List<ControlClient> crowd = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        PatternFile.write(server.home().resolve("large"), LARGE);
        before = Baseline.of(server, Account.ALICE);
    }

    @AfterEach
    void disperse() throws IOException {
        for (ControlClient client : crowd) {
            client.close();
        }
    }

    /** Allows a few descriptors more than there are, and takes them all. */
    private void exhaust() throws IOException {
        long most = openDescriptors() + SPARE;
        Command.run(server.folder(), "prlimit", "--pid=" + server.processId(), "--nofile=" + most + ":" + most)
                .expectExit(0);
        for (int i = 0; i < 2 * SPARE; i++) {
            crowd.add(ControlClient.connectUngreeted(server.address()));
        }
        server.awaitLogLine(line -> line.contains("A connection can't be accepted") && line.contains("open files"));
    }

    private long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + server.processId() + "/fd"))) {
            return all.count();
        }
    }

    @Test
    void sessionsAreToldTransfersGoOnAndAllRecovers() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                ControlClient prepared = ControlClient.login(server.address(), Account.ALICE);
                ControlClient active = ControlClient.login(server.address(), Account.ALICE);
                ControlClient running = ControlClient.login(server.address(), Account.ALICE);
                ServerSocket activeEnd =
                        new ServerSocket(0, 1, active.localAddress().getAddress());
                DataClient download = DataClient.connect(running.extendedPassive())) {
            running.expect(150, "RETR large");
            InetSocketAddress port = prepared.extendedPassive();
            active.extendedPort(activeEnd.getLocalPort());
            exhaust();

            client.expect(200, "NOOP");
            assertThat(client.command("EPSV").code()).isEqualTo(425);
            assertThat(client.expect(451, "SIZE large").text()).contains("too many files open");
            client.expect(451, "MKD made");
            client.expect(451, "DELE large");
            client.expect(257, "PWD");
            assertThat(active.command("RETR large").code()).isIn(425, 451);
            try (DataClient _ = DataClient.connect(port)) {
                assertThat(prepared.command("STOR new").code()).isIn(425, 451);
            }
            PatternFile.assertRest(download.input(), 0, LARGE);
            running.expectReply(226);

            disperse();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.command("EPSV").code() == 229);
            client.expect(213, "SIZE large");
            assertThat(DataClient.received(client, "RETR large")).hasSize(LARGE);
            assertThat(DataClient.sent(prepared, "STOR new", new byte[100]).code())
                    .isEqualTo(226);
            assertThat(DataClient.received(active, "NLST")).isNotEmpty();
        }
        assertThat(server.logText().lines().filter(line -> line.contains("can't be accepted")))
                .hasSizeLessThanOrEqualTo(2);
        before.awaitAgain();
        assertThat(server.stop()).isZero();
        assertThat(server.logText()).doesNotContain("\tat ");
    }
}
