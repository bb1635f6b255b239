package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that end while many clients are busy: every file is one that a client sent, from its first byte to its last. */
class EndUnderLoadIT {

    private static final int CLIENTS = 8;

    /** More than the kernel buffers for one connection. */
    private static final int LARGE = 6 << 20;

    /** How often the server is killed; {@code -Dfaults.kills=20} for more. */
    private static final int KILLS = Integer.getInteger("faults.kills", 5);

    @TempDir
    private Path folder;

    private final Load load = new Load(CLIENTS);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void sigtermLetsTransfersEndAndLeavesWholeFiles() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(folder, ServerOptions.standard().with("shutdown.grace", "60s"));
                ControlClient reader = ControlClient.login(server.address(), Account.ALICE);
                ControlClient writer = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("large"), LARGE);
            try (DataClient download = DataClient.connect(reader.extendedPassive());
                    DataClient upload = DataClient.connect(writer.extendedPassive())) {
                reader.expect(150, "RETR large");
                writer.expect(150, "STOR new");

                load.run(server.address(), CLIENTS, server::terminate);

                PatternFile.assertRest(download.input(), 0, LARGE);
                upload.output().write(PatternFile.bytes(0, LARGE));
            }
            for (ControlClient client : List.of(reader, writer)) {
                client.expectReply(226);
                client.expectReply(421);
            }
            assertThat(server.awaitExit()).isZero();
            assertThat(server.home().resolve("new")).hasBinaryContent(PatternFile.bytes(0, LARGE));
            load.assertWhole(server.home());
            assertThat(server.logText()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void sigtermEndsUploadsThatOutlastTheGraceAndKeepsTheirOldFiles() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient writer = ControlClient.login(server.address(), Account.ALICE)) {
            Files.writeString(server.home().resolve("old"), "the old file");
            try (DataClient upload = DataClient.connect(writer.extendedPassive())) {
                writer.expect(150, "STOR old");
                upload.output().write(new byte[1000]);
                load.run(server.address(), CLIENTS, server::terminate);
                writer.expectReply(426);
                writer.expectReply(421);
            } catch (SocketException reset) {
                // by the server, which doesn't take what comes
            }
            assertThat(server.awaitExit()).isZero();
            assertThat(server.home().resolve("old")).hasContent("the old file");
            load.assertWhole(server.home());
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void sigkillLeavesOldOrNewFilesAndPartsThatCanBeContinued() throws Exception {
        SplittableRandom random = new SplittableRandom(20);
        int resumed = 0;
        for (int i = 0; i < KILLS; i++) {
            try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
                resumed += load.resume(server.address(), server.home());
                load.run(server.address(), random.nextInt(1, 3 * CLIENTS), server::kill);
                load.assertWhole(server.home());
            }
        }
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            resumed += load.resume(server.address(), server.home());
            assertThat(server.stop()).isZero();
            assertOnlyFilesOfClients(server.home());
        }
        assertThat(resumed).as("uploads that went on behind a kill").isPositive();
    }

    private static void assertOnlyFilesOfClients(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("(directory-of-)?file-\\d+|\\..*zeroftpd-partial-.*"));
        }
    }
}
