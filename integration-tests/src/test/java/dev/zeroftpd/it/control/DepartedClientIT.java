package dev.zeroftpd.it.control;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send what they have to say and leave: everything that came before the end is done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DepartedClientIT {

    private static final int SESSIONS = 20;

    /** Many times what the kernel holds for a connection that is not read. */
    private static final int LARGE = 64 << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(ServerOptions.standard()
            .with("limits.sessions", Integer.toString(SESSIONS))
            .with("shutdown.grace", "10s"));

    /** How a client ends its control connection. */
    enum Leaving {
        CLOSE,
        HALF_CLOSE,
        RESET;

        void apply(ControlClient client) throws IOException {
            switch (this) {
                case CLOSE -> client.close();
                case HALF_CLOSE -> client.halfClose();
                case RESET -> client.reset();
            }
        }
    }

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("large"), LARGE);
    }

    private ControlClient login() throws IOException {
        return ControlClient.login(server.address(), Account.ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nc -N -w 20", "nc -q 20 -w 20"})
    void doesAndAnswersWhatNetcatSends(String netcat) throws IOException {
        String name = "made-by-" + netcat.replace(' ', '-');
        String said = "USER %s\r\nPASS %s\r\nmkd /%s\r\nquit\r\n"
                .formatted(Account.ALICE.name(), Account.ALICE.password(), name);

        String heard = netcat(netcat, said);

        assertThat(heard).contains("257 ", name, "221 ");
        assertThat(server.home().resolve(name)).isDirectory();
    }

    @Test
    void doesNothingOfALineThatHasNoEnd() throws IOException {
        String heard = netcat("nc -N -w 20", "USER alice\r\nPASS wonderland\r\nMKD whole\r\nMKD half");
        assertThat(heard).contains("257 ");
        assertThat(server.home().resolve("whole")).isDirectory();
        assertThat(server.home().resolve("half")).doesNotExist();
    }

    private String netcat(String netcat, String said) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(netcat.split(" ")));
        command.addAll(List.of("127.0.0.1", Integer.toString(server.address().getPort())));
        return Command.run(server.folder(), Map.of(), said, command).output();
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    void completesAnUploadWhoseClientSaysQuitAndLeaves(Leaving leaving) throws IOException {
        for (int i = 0; i < 10; i++) {
            Path file = server.home().resolve("quit-" + leaving + i);
            Files.writeString(file, "the old file");
            byte[] bytes = new byte[200_000 + i];
            try (ControlClient client = login();
                    DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR " + file.getFileName());
                data.output().write(bytes);
                data.end();
                client.send("QUIT");
                leaving.apply(client);
                await().untilAsserted(() -> assertThat(file).hasBinaryContent(bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    void doesWhatCameBeforeTheEnd(Leaving leaving) throws IOException {
        for (int i = 0; i < 10; i++) {
            Path home = server.home();
            String name = leaving + "-" + i;
            Files.writeString(home.resolve("doomed-" + name), "");
            Files.writeString(home.resolve("from-" + name), "");
            try (ControlClient client = login()) {
                client.send("DELE doomed-" + name, "MKD made-" + name, "RNFR from-" + name, "RNTO to-" + name, "QUIT");
                leaving.apply(client);
                await().until(() -> Files.exists(home.resolve("to-" + name)));
            }
            assertThat(home.resolve("doomed-" + name)).doesNotExist();
            assertThat(home.resolve("made-" + name)).isDirectory();
        }
    }

    @Test
    void doesMoreThanTheQueueHoldsBehindAnUploadThatStillRuns() throws IOException {
        Path file = server.home().resolve("behind");
        Files.writeString(file, "the old file");
        String[] lines = new String[151];
        for (int i = 0; i < 150; i++) {
            lines[i] = "MKD behind-" + i;
        }
        lines[150] = "QUIT";
        try (ControlClient client = login();
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR behind");
            client.send(lines);
            client.halfClose();
            data.output().write(new byte[100]);
            data.end();
            client.expectReply(226);
            for (int i = 0; i < 150; i++) {
                client.expectReply(257);
            }
            client.expectReply(221);
            assertThat(client.isEndedByServer()).isTrue();
        }
        assertThat(file).hasSize(100);
    }

    @Test
    void goesOnWithADownloadAfterAHalfClose() throws IOException {
        try (ControlClient client = login();
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR large");
            client.halfClose();
            assertThat(data.drain()).isEqualTo(LARGE);
            client.expectReply(226);
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @Test
    void endsADownloadAfterAReset() throws IOException {
        try (ControlClient client = login();
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR large");
            client.reset();
            server.awaitLogLine(line -> line.contains("RETR") && line.contains("control connection closed"));
            assertThat(data.endsAsComplete()).isFalse();
        }
    }

    @Test
    void keepsNoSessionOfClientsThatLeft() throws IOException {
        for (int round = 0; round < 3; round++) {
            List<ControlClient> clients = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                clients.add(await().ignoreExceptions().until(this::login, client -> true));
            }
            for (ControlClient client : clients) {
                client.halfClose();
                assertThat(client.isEndedByServer()).isTrue();
                client.close();
            }
        }
    }
}
