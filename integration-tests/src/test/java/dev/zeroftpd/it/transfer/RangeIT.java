package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RANG before RETR and STOR: parts of files, out and in (draft-bryan-ftp-range). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RangeIT {

    private static final int SIZE = 3_000_000;

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    private ControlClient client;
    private Path file;

    @BeforeEach
    void loginWithAFreshFile() throws IOException {
        Files.deleteIfExists(server.home().resolve("file"));
        file = PatternFile.write(server.home().resolve("file"), SIZE);
        client = ControlClient.login(server.address(), Account.ALICE);
    }

    @AfterEach
    void leave() throws IOException {
        client.expect(221, "QUIT");
        client.close();
    }

    @Test
    void sendsFromTheFirstToTheLastByteByZeroCopy() throws IOException {
        client.expect(350, "RANG 1000 2000999");
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            assertThat(client.expect(150, "RETR file").text()).contains("2000000 bytes");
            PatternFile.assertRest(data.input(), 1000, 2_001_000);
        }
        assertThat(client.expectReply(226).text()).contains("2000000 bytes").contains("zero-copy");
    }

    @Test
    void compressesTheRangeInModeZ() throws IOException {
        client.expect(200, "MODE Z");
        client.expect(350, "RANG 1000 2000999");
        byte[] deflated = DataClient.received(client, "RETR file");
        client.expect(200, "MODE S");
        try (InputStream plain = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            assertThat(plain.readAllBytes()).isEqualTo(PatternFile.bytes(1000, 2_001_000));
        }
    }

    @Test
    void holdsForOneTransfer() throws IOException {
        client.expect(350, "RANG 5 9");
        assertThat(DataClient.received(client, "RETR file")).isEqualTo(PatternFile.bytes(5, 10));
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
    }

    @Test
    void endsWithTheFileWhereTheRangeEndsLater() throws IOException {
        client.expect(350, "RANG " + (SIZE - 10) + " " + (SIZE + 10));
        assertThat(DataClient.received(client, "RETR file")).isEqualTo(PatternFile.bytes(SIZE - 10, SIZE));
    }

    @Test
    void refusesARangeBeyondTheEnd() throws IOException {
        client.expect(350, "RANG " + (SIZE + 1) + " " + (SIZE + 2));
        client.extendedPassive();
        client.expect(554, "RETR file");
        client.expect(350, "RANG " + (SIZE + 1) + " " + (SIZE + 2));
        client.extendedPassive();
        client.expect(554, "STOR file");
        assertThat(Files.size(file)).isEqualTo(SIZE);
    }

    @Test
    void theLastOfRestAndRangCounts() throws IOException {
        client.expect(350, "RANG 5 9");
        client.expect(350, "REST 2999990");
        assertThat(DataClient.received(client, "RETR file")).isEqualTo(PatternFile.bytes(2_999_990, SIZE));
        client.expect(350, "REST 2999990");
        client.expect(350, "RANG 5 9");
        assertThat(DataClient.received(client, "RETR file")).isEqualTo(PatternFile.bytes(5, 10));
    }

    @Test
    void isTakenBackByRang10AndByAnInvalidRange() throws IOException {
        client.expect(350, "RANG 5 9");
        client.expect(350, "RANG 1 0");
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
        client.expect(350, "RANG 5 9");
        client.expect(501, "RANG 9 5");
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
    }

    @Test
    void doesNotOutliveAListingOrAnUploadOfAnotherKindOrRein() throws IOException {
        client.expect(350, "RANG 5 9");
        DataClient.received(client, "NLST");
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);

        client.expect(350, "RANG 5 9");
        client.extendedPassive();
        client.expect(504, "APPE file");
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
        client.expect(350, "RANG 5 9");
        client.extendedPassive();
        client.expect(504, "STOU");
        assertThat(Files.size(file)).isEqualTo(SIZE);

        client.expect(350, "RANG 5 9");
        client.expect(220, "REIN");
        client.expect(331, "USER alice");
        client.expect(230, "PASS wonderland");
        client.expect(200, "TYPE I");
        assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
    }

    @Test
    void isRefusedInTypeA() throws IOException {
        client.expect(200, "TYPE A");
        client.expect(350, "RANG 5 9");
        client.extendedPassive();
        client.expect(504, "RETR file");
        client.expect(350, "RANG 5 9");
        client.extendedPassive();
        client.expect(504, "STOR file");
    }

    @Test
    void storesIntoTheMiddleAndChangesNothingElse() throws IOException {
        client.expect(350, "RANG 1000 1004");
        assertThat(DataClient.sent(client, "STOR file", new byte[] {1, 2, 3, 4, 5})
                        .code())
                .isEqualTo(226);

        byte[] expected = PatternFile.bytes(0, SIZE);
        System.arraycopy(new byte[] {1, 2, 3, 4, 5}, 0, expected, 1000, 5);
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void storesNothingBehindTheRange() throws IOException {
        client.expect(350, "RANG 1000 1004");
        assertThat(DataClient.sent(client, "STOR file", new byte[6]).text())
                .startsWith("451 ")
                .contains("more came");

        byte[] after = Files.readAllBytes(file);
        assertThat(after).hasSize(SIZE).endsWith(PatternFile.bytes(1005, SIZE));
    }

    @Test
    void saysSoWhenTheRangeDidNotComeWhole() throws IOException {
        client.expect(350, "RANG 1000 1004");
        assertThat(DataClient.sent(client, "STOR file", new byte[4]).text())
                .startsWith("451 ")
                .contains("1 of them did not come");
        assertThat(Files.size(file)).isEqualTo(SIZE);
    }

    @Test
    void makesNoFile() throws IOException {
        client.expect(350, "RANG 0 4");
        client.extendedPassive();
        client.expect(550, "STOR new");
        assertThat(server.home().resolve("new")).doesNotExist();
    }
}
