package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.GuestNetwork;
import dev.zeroftpd.it.support.GuestNetwork.GuestClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose machine vanishes from the network: no FIN comes and no RST, and nothing that is sent is acknowledged. */
class HalfOpenIT {

    private static final String CLIENT = "198.51.100.3";

    /** Others see the old file; for its owner SIZE tells of the upload that broke off. */
    private static final String OTHER = "198.51.100.4";

    private static final long SIZE = 64L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private GuestNetwork network;
    private ServerProcess server;
    private final List<Process> programs = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        network = new GuestNetwork(folder);
        server = ServerProcess.start(
                folder,
                ServerOptions.standard()
                        .with("listener.address", GuestNetwork.SERVER)
                        .with("process.user", "root") // of its own user namespace
                        .with("listener.idle-timeout", "4s")
                        .with("listener.login-timeout", "4s")
                        .with("transfer.connect-timeout", "4s")
                        .with("transfer.stall-timeout", "4s")
                        .wrappedBy(network.wrapper()));
        PatternFile.write(server.home().resolve("large"), SIZE);
        Files.writeString(server.home().resolve("old"), "the old file");
    }

    @AfterEach
    void stop() throws IOException {
        programs.forEach(Process::destroyForcibly);
        server.close();
        network.close();
    }

    private Process curl(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--user", "alice:wonderland"));
        command.addAll(List.of(options));
        Process program = network.start(command.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    private String url(String name) {
        return "ftp://" + GuestNetwork.SERVER + ":" + server.address().getPort() + "/" + name;
    }

    private GuestClient connect() throws IOException {
        GuestClient client = network.connect(CLIENT, server.address().getPort());
        client.expect(220);
        return client;
    }

    @Test
    void sessionsAndTransfersOfVanishedClientsEndAndOldFilesStay() throws Exception {
        assertThat(curl("--output", folder.resolve("copy").toString(), url("old"))
                        .waitFor())
                .isZero();
        long descriptors = server.descriptors();
        String slowly = "100k";
        curl("--limit-rate", slowly, "--output", folder.resolve("part").toString(), url("large"));
        curl(
                "--limit-rate",
                slowly,
                "--upload-file",
                server.home().resolve("large").toString(),
                url("old"));
        try (GuestClient _ = connect();
                GuestClient inTheLine = connect();
                GuestClient idle = connect();
                GuestClient listening = connect()) {
            inTheLine.send("USER al");
            inTheLine.expect(331);
            for (GuestClient client : List.of(idle, listening)) {
                client.send("USER alice", "PASS wonderland");
                client.expect(331, 230);
            }
            listening.send("EPSV", "RETR large");
            listening.expect(229, 150);
            await().atMost(PATIENCE)
                    .until(() -> server.descriptors() >= descriptors + 10); // both of curl's transfers run
            network.vanish();
        }
        programs.forEach(Process::destroyForcibly);

        server.awaitLogLine(line -> line.contains("RETR \"/large\"") && line.contains("no progress"));
        server.awaitLogLine(line -> line.contains("STOR \"/old\"") && line.contains("no progress"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.descriptors()).isLessThanOrEqualTo(descriptors));
        assertThat(server.home().resolve("old")).hasContent("the old file");

        network.comeBack();
        assertThat(curl(
                                "--interface",
                                OTHER,
                                "--output",
                                folder.resolve("again").toString(),
                                url("old"))
                        .waitFor())
                .isZero();
        assertThat(folder.resolve("again")).hasContent("the old file");
        await().until(() -> server.descriptors() <= descriptors);
        assertThat(server.stop()).isZero();
        assertThat(server.logText()).contains("Draining: 0 sessions").doesNotContain(" ERROR ", "\tat ");
    }
}
