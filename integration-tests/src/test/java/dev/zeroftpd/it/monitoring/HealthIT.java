package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Fence;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What balancers are told while a server ends, and what isn't even loaded where nothing is to be told. */
class HealthIT {

    private static final long LARGE = 64L << 20;

    @TempDir
    private Path folder;

    @TempDir
    private Path second;

    private static ServerOptions options() {
        return ServerOptions.standard().with("admin.http", "127.0.0.1:0");
    }

    private static int ready(Http http) throws IOException {
        return http.get("health/ready").status();
    }

    private static void assertIsReadyAndAlive(Http http) throws IOException {
        assertThat(http.get("health/ready").body()).isEqualTo("ready\n");
        assertThat(http.get("health/live").body()).isEqualTo("alive\n");
    }

    private static void assertIsDraining(Http http) throws IOException {
        assertThat(ready(http)).isEqualTo(503);
        assertThat(http.get("health/ready").body()).isEqualTo("draining\n");
    }

    @Test
    void isToldAlsoWithinTheFence() throws IOException {
        Fence.require(folder);
        try (ServerProcess server = ServerProcess.start(folder, options().with("process.sandbox", "required"))) {
            Http http = Http.of(server);
            assertIsReadyAndAlive(http);
            work(server);
            assertThat(http.metrics().value("zeroftpd_logins_total{result=\"ok\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void isNotReadyDuringTheDelayButStillAccepts() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, options().with("shutdown.delay", "3s"))) {
            Http http = Http.of(server);
            assertIsReadyAndAlive(http);
            assertThat(http.metrics().value("zeroftpd_draining")).isZero();

            server.terminate();
            await().untilAsserted(() -> assertIsDraining(http));
            try (ControlClient late = ControlClient.login(server.address(), Account.ALICE)) {
                assertIsDraining(http);
                assertThat(http.get("health/live").status()).isEqualTo(200);
                assertThat(http.metrics().value("zeroftpd_draining")).isEqualTo(1);
                late.expect(200, "NOOP");
                late.expectReply(421);
            }
            assertThat(server.awaitExit()).isZero();
            assertThat(server.logText()).contains("Stopping in 3 s: not ready any more, but still accepting");
        }
    }

    @Test
    void isNotReadyWhileItsLastTransfersRun() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, options().with("shutdown.grace", "60s"));
                ControlClient idle = ControlClient.login(server.address(), Account.ALICE);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("file"), LARGE);
            Http http = Http.of(server);
            try (DataClient data = DataClient.retrieve(client, Way.Mode.PASSIVE, "file")) {
                server.terminate();
                idle.expectReply(421);
                assertIsDraining(http);
                assertThat(http.metrics().value("zeroftpd_transfers_active{direction=\"download\"}"))
                        .isEqualTo(1);
                PatternFile.assertRest(data.input(), 0, LARGE);
            }
            client.expectReply(226);
            assertThat(server.awaitExit()).isZero();
        }
    }

    /** The new one has the same configuration, so it wants all ports of the old one, which still has a transfer. */
    @Test
    void aNewServerTellsInPlaceOfTheOldOneThatDrains() throws IOException {
        ServerOptions options = ServerOptions.standard()
                .with("listener.port", Integer.toString(FreePorts.one()))
                .with("admin.http", "127.0.0.1:" + FreePorts.one())
                .with("shutdown.grace", "60s");
        try (ServerProcess old = ServerProcess.start(folder, options);
                ControlClient idle = ControlClient.login(old.address(), Account.ALICE);
                ControlClient client = ControlClient.login(old.address(), Account.ALICE)) {
            PatternFile.write(old.home().resolve("file"), LARGE);
            Http http = Http.of(old);
            try (DataClient data = DataClient.retrieve(client, Way.Mode.PASSIVE, "file")) {
                old.terminate();
                idle.expectReply(421);
                assertIsDraining(http);

                try (ServerProcess next = ServerProcess.start(second, options)) {
                    assertThat(next.address()).isEqualTo(old.address());
                    assertThat(ready(http)).isEqualTo(200);
                    PatternFile.assertRest(data.input(), 0, LARGE);
                    client.expectReply(226);
                    assertThat(old.awaitExit()).isZero();
                    assertThat(http.metrics().value("zeroftpd_draining")).isZero();
                }
            }
        }
    }

    @Test
    void nothingOfItIsLoadedWhereItIsOff() throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        List<String> telling = List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + loaded);
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().wrappedBy(telling))) {
            work(server);
        }
        assertThat(loadedForAdministration(loaded)).isEmpty();
        Files.move(loaded, folder.resolve("before.txt"), StandardCopyOption.REPLACE_EXISTING);
        try (ServerProcess server = ServerProcess.start(folder, options().wrappedBy(telling))) {
            Http.of(server).metrics();
        }
        assertThat(loadedForAdministration(loaded)).isNotEmpty(); // the same look finds them where they are
    }

    private static void work(ServerProcess server) throws IOException {
        Files.writeString(server.home().resolve("small"), "x");
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.received(client, "RETR small")).hasSize(1);
            assertThat(DataClient.sent(client, "STOR up", new byte[10]).code()).isEqualTo(226);
            DataClient.received(client, "LIST");
            client.expect(221, "QUIT");
        }
    }

    private static List<String> loadedForAdministration(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("dev.zeroftpd.admin.")
                        || line.contains("sun.net.httpserver")
                        || line.contains("dev.zeroftpd.server.page.")
                        || line.contains("dev.zeroftpd.server.Administration ")
                        || line.contains("dev.zeroftpd.server.ServerLookups "))
                .toList();
    }
}
