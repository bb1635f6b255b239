package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of docs/uploads.md over the wire: what an upload that broke is for the account and address that it belongs to,
 * and for everyone else. The client at another address comes by IPv6.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenUploadIT {

    private static final String OLD = "the old file, which is longer than what came";
    private static final String CAME = "0123456789";
    private static final Account BOB = Account.ALICE.named("bob");
    private static final Account ANONYMOUS = Account.ALICE.named("anonymous");

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(BOB).with(ANONYMOUS));

    @BeforeEach
    void beginAnew() throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private ControlClient owner() throws IOException {
        return ControlClient.login(server.address(), Account.ALICE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsOwnerSeesWhatHasCome(boolean replacing) throws IOException {
        breakOff(replacing);
        try (ControlClient client = owner()) {
            String time = client.expect(213, "MDTM f").text().substring(4);
            assertThat(client.expect(213, "SIZE f").text()).isEqualTo("213 10");
            assertThat(client.expect(250, "MLST f").text()).contains("size=10;", "modify=" + time);
            assertThat(listed(client, "MLSD")).contains("size=10;", "modify=" + time);
            assertThat(listed(client, "LIST")).containsPattern(" 10 \\w+ +\\d+ [\\d:]+ f\r\n");
            assertThat(listed(client, "LIST f")).containsPattern(" 10 \\w+ +\\d+ [\\d:]+ f\r\n");
            assertThat(listed(client, "LIST -R")).containsPattern(" 10 \\w+ +\\d+ [\\d:]+ f\r\n");
            assertThat(listed(client, "LIST *")).containsPattern(" 10 \\w+ +\\d+ [\\d:]+ f\r\n");
            assertThat(listed(client, "NLST")).isEqualTo("f\r\n");
            assertThat(listed(client, "NLST f*")).isEqualTo("f\r\n");
            assertThat(client.expect(213, "STAT f").text()).containsPattern(" 10 \\w+ +\\d+ [\\d:]+ f");
            assertRetrieves(client, replacing);
            client.expect(450, "RNFR f");
            client.extendedPassive();
            client.expect(350, "RANG 1 2");
            client.expect(450, "STOR f");
            client.expect(350, "REST 11");
            client.expect(554, "STOR f");
        }
        assertThat(files()).hasSize(replacing ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void othersSeeWhatWasThereBefore(boolean replacing) throws IOException {
        breakOff(replacing);
        InetSocketAddress here = server.address();
        InetSocketAddress elsewhere = server.listener(Way.Family.IPV6);
        assertSeesOnlyTheOldFile(ControlClient.login(elsewhere, Account.ALICE), replacing);
        assertSeesOnlyTheOldFile(ControlClient.login(here, BOB), replacing);
        ControlClient anonymous = ControlClient.login(here, ANONYMOUS);
        assertSeesOnlyTheOldFile(anonymous, replacing);
    }

    private static void assertSeesOnlyTheOldFile(ControlClient client, boolean exists) throws IOException {
        try (client) {
            assertRetrieves(client, exists);
            assertThat(listed(client, "NLST")).isEqualTo(exists ? "f\r\n" : "");
            if (exists) {
                assertThat(client.expect(213, "SIZE f").text()).isEqualTo("213 " + OLD.length());
                assertThat(listed(client, "MLSD")).contains("size=" + OLD.length() + ";");
                client.expect(350, "RNFR f");
                client.expect(213, "MDTM f");
            } else {
                for (String verb : List.of("SIZE", "MDTM", "MLST", "RNFR", "DELE")) {
                    client.expect(550, verb + " f");
                }
                client.extendedPassive();
                client.expect(350, "REST 3");
                client.expect(554, "STOR f");
            }
        }
    }

    private static void assertRetrieves(ControlClient client, boolean exists) throws IOException {
        if (exists) {
            assertThat(DataClient.received(client, "RETR f")).asString().isEqualTo(OLD);
            client.expect(213, "HASH f");
            client.expect(250, "XMD5 f");
        } else {
            client.extendedPassive();
            client.expect(550, "RETR f");
            client.expect(550, "HASH f");
        }
    }

    /** Its conversation: it takes the length from its listing, whatever SIZE says. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileZillaGoesOnWithWhatTheListingSays(boolean replacing) throws IOException {
        breakOff(replacing);
        try (ControlClient client = owner()) {
            Matcher size = Pattern.compile("size=(\\d+);\\S* f\r\n").matcher(listed(client, "MLSD"));
            assertThat(size.find()).isTrue();
            client.expect(200, "TYPE I");
            client.expect(350, "REST " + size.group(1));
            assertThat(DataClient.sent(client, "STOR f", bytes("rest")).code()).isEqualTo(226);
        }
        assertThat(server.home().resolve("f")).hasContent("0123456789rest");
        assertThat(files()).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isContinuedFromWhereRestSays(boolean replacing) throws IOException {
        breakOff(replacing);
        try (ControlClient client = owner()) {
            client.expect(350, "REST 4");
            assertThat(DataClient.sent(client, "STOR f", bytes("rest")).code()).isEqualTo(226);
        }
        assertThat(server.home().resolve("f")).hasContent("0123rest");
        assertThat(files()).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE", "MLST", "MLSD", "LIST", "STAT"})
    void appendGoesOnOnceTheSessionWasTold(String told) throws IOException {
        breakOff(true);
        try (ControlClient client = owner()) {
            client.expect(213, "MDTM f");
            listed(client, "NLST");
            client.extendedPassive();
            assertThat(client.expect(450, "APPE f").text()).contains("SIZE");
            if (told.equals("MLSD") || told.equals("LIST")) {
                listed(client, told);
            } else {
                client.command(told + " f");
            }
            assertThat(DataClient.sent(client, "APPE f", bytes(", and the rest"))
                            .code())
                    .isEqualTo(226);
        }
        assertThat(server.home().resolve("f")).hasContent(CAME + ", and the rest");
        assertThat(files()).containsExactly("f");
    }

    @Test
    void isDroppedWhenItsFileChanges() throws IOException {
        breakOff(true);
        try (ControlClient bob = ControlClient.login(server.address(), BOB);
                ControlClient client = owner()) {
            assertThat(DataClient.sent(bob, "APPE f", bytes("!")).code()).isEqualTo(226);

            assertThat(client.expect(213, "SIZE f").text()).isEqualTo("213 " + (OLD.length() + 1));
            assertThat(DataClient.sent(client, "APPE f", bytes("!")).code()).isEqualTo(226);
            assertThat(server.home().resolve("f")).hasContent(OLD + "!!");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deleRemovesAllOfIt(boolean replacing) throws IOException {
        breakOff(replacing);
        try (ControlClient client = owner()) {
            client.expect(250, "DELE f");
            client.expect(550, "SIZE f");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anonymousBeginsAnew() throws IOException {
        breakOff(ControlClient.login(server.address(), ANONYMOUS));

        assertThat(files()).isEmpty();
    }

    private void breakOff(boolean replacing) throws IOException {
        if (replacing) {
            Files.writeString(server.home().resolve("f"), OLD);
        }
        breakOff(owner());
    }

    private static void breakOff(ControlClient client) throws IOException {
        try (client) {
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR f");
            data.output().write(bytes(CAME));
            await().until(() -> client.expect(211, "STAT").text().contains(" 10 bytes"));
            data.reset();
            client.expectReply(426);
        }
    }

    private static String listed(ControlClient client, String command) throws IOException {
        return new String(DataClient.received(client, command), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
