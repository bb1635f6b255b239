package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other verbs with commons-net over the same data connections: uploads, listings, names. */
@ParameterizedClass
@MethodSource("dev.zeroftpd.it.transfer.UploadAndListingIT#ways")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadAndListingIT {

    @Parameter
    Way way;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            ServerOptions.standard().with(Account.ALICE.named("reader").readOnly()));

    private FTPClient client;

    /** Uploads and listings always stream, so only modes and address families make a difference. */
    static Way[] ways() {
        return Way.all().stream()
                .filter(way -> way.path() == Way.DataPath.ZERO_COPY)
                .toArray(Way[]::new);
    }

    @BeforeEach
    void login() throws IOException {
        client = CommonsNet.login(server, way, Account.ALICE);
    }

    @AfterEach
    void logout() throws IOException {
        CommonsNet.logout(client);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 1_048_577, 20_000_000})
    void storesAFileOfEverySize(int size) throws IOException {
        byte[] content = PatternFile.bytes(0, size);

        assertThat(client.storeFile("stored", new ByteArrayInputStream(content)))
                .as(client.getReplyString())
                .isTrue();

        assertThat(file("stored")).hasBinaryContent(content);
    }

    @Test
    void appends() throws IOException {
        Files.write(file("appended"), PatternFile.bytes(0, 1000));

        assertThat(client.appendFile("appended", new ByteArrayInputStream(PatternFile.bytes(1000, 3000))))
                .isTrue();

        assertThat(file("appended")).hasBinaryContent(PatternFile.bytes(0, 3000));
    }

    @Test
    void storesFromWhereRestSays() throws IOException {
        Files.write(file("resumed"), PatternFile.bytes(0, 1500));
        client.setRestartOffset(1000);

        assertThat(client.storeFile("resumed", new ByteArrayInputStream(PatternFile.bytes(1000, 3000))))
                .isTrue();

        assertThat(file("resumed")).hasBinaryContent(PatternFile.bytes(0, 3000));
    }

    @Test
    void storesLinesOfTypeAWithThisMachinesLineEnds() throws IOException {
        client.setFileType(FTP.ASCII_FILE_TYPE);

        assertThat(client.storeFile(
                        "lines", new ByteArrayInputStream("one\r\ntwo\r\n".getBytes(StandardCharsets.US_ASCII))))
                .isTrue();

        assertThat(file("lines")).hasContent("one\ntwo\n");
    }

    @Test
    void refusesToStoreForAReader() throws IOException {
        FTPClient reader = CommonsNet.login(server, way, Account.ALICE.named("reader"));

        assertThat(reader.storeFile("refused", new ByteArrayInputStream(new byte[10])))
                .isFalse();

        assertThat(reader.getReplyCode()).isIn(550, 553);
        assertThat(file("refused")).doesNotExist();
        CommonsNet.logout(reader);
    }

    @Test
    void listsNamesSizesAndTimes() throws IOException {
        Path folder = Files.createDirectories(file("listed"));
        Files.write(folder.resolve("a file"), new byte[123]);
        Files.createDirectories(folder.resolve("folder"));

        assertThat(client.listNames("listed")).hasSize(2);
        assertThat(client.listFiles("listed"))
                .extracting(FTPFile::getName, FTPFile::isDirectory)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a file", false),
                        org.assertj.core.groups.Tuple.tuple("folder", true));
        assertThat(Arrays.stream(client.mlistDir("listed")).filter(FTPFile::isFile))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getName()).isEqualTo("a file");
                    assertThat(entry.getSize()).isEqualTo(123);
                });
    }

    @Test
    void listsManyFiles() throws IOException {
        Path folder = Files.createDirectories(file("many"));
        for (int i = 0; i < 3000; i++) {
            Path one = folder.resolve("file-" + i);
            if (Files.notExists(one)) {
                Files.createFile(one);
            }
        }

        assertThat(client.listFiles("many")).hasSize(3000);
    }

    @Test
    void makesRenamesAndRemoves() throws IOException {
        assertThat(client.makeDirectory("made")).isTrue();
        assertThat(client.storeFile("made/old", new ByteArrayInputStream(new byte[3])))
                .isTrue();
        assertThat(client.rename("made/old", "made/new")).isTrue();
        assertThat(client.getSize("made/new")).isEqualTo("3");
        assertThat(client.deleteFile("made/new")).isTrue();
        assertThat(client.removeDirectory("made")).isTrue();
        assertThat(file("made")).doesNotExist();
    }

    private Path file(String name) {
        return server.home().resolve(name);
    }
}
