package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LIST, NLST, MLSD, MLST and STAT as clients use them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListingIT {

    /** Enough that a client which reads nothing stops the server in the middle. */
    private static final int MANY = 20_000;

    private static final List<String> ODD_NAMES = List.of(
            "-dash",
            " blank before",
            "two  blanks",
            "größe",
            "日本語 😀",
            "quo\"te",
            "brackets [1]*?",
            "back\\slash",
            "#",
            "%41");

    private static final Way WAY = new Way(Way.DataPath.ZERO_COPY, Way.Mode.PASSIVE, Way.Family.IPV4);

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            ServerOptions.standard().with(Account.ALICE.named("reader").readOnly()));

    private ControlClient control;

    @BeforeAll
    void writeFiles() throws IOException {
        Path small = server.home().resolve("small");
        Files.createDirectories(small.resolve("folder"));
        Files.write(small.resolve("file"), new byte[123]);
        Files.setLastModifiedTime(small.resolve("file"), FileTime.from(Instant.parse("2020-02-29T12:34:56Z")));
        Files.createFile(small.resolve(".hidden"));
        Path odd = Files.createDirectory(server.home().resolve("odd"));
        for (String name : ODD_NAMES) {
            Files.writeString(odd.resolve(name), name);
        }
        Path many = Files.createDirectory(server.home().resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.createFile(many.resolve("file-" + i));
        }
    }

    @BeforeEach
    void login() throws IOException {
        control = ControlClient.login(server.address(), Account.ALICE);
    }

    @AfterEach
    void leave() throws IOException {
        control.close();
    }

    @Test
    void commonsNetReadsLines() throws IOException {
        FTPClient client = CommonsNet.login(server, WAY, Account.ALICE);

        FTPFile[] files = client.listFiles("small");

        assertThat(files)
                .extracting(FTPFile::getName, FTPFile::isDirectory)
                .containsExactlyInAnyOrder(tuple("file", false), tuple("folder", true));
        assertThat(Arrays.stream(files).filter(FTPFile::isFile)).singleElement().satisfies(file -> {
            assertThat(file.getSize()).isEqualTo(123);
            assertThat(file.getTimestampInstant()).isEqualTo(Instant.parse("2020-02-29T00:00:00Z"));
        });
        CommonsNet.logout(client);
    }

    @Test
    void commonsNetReadsFacts() throws IOException {
        FTPClient client = CommonsNet.login(server, WAY, Account.ALICE);

        assertThat(client.mlistDir("small"))
                .extracting(FTPFile::getName)
                .containsExactlyInAnyOrder(".", "..", ".hidden", "file", "folder");
        FTPFile file = client.mlistFile("small/file");
        assertThat(file.getName()).isEqualTo("/small/file");
        assertThat(file.getSize()).isEqualTo(123);
        assertThat(file.getTimestampInstant()).isEqualTo(Instant.parse("2020-02-29T12:34:56Z"));
        CommonsNet.logout(client);
    }

    @Test
    void everyNameThatNlstGivesCanBeRetrieved() throws IOException {
        FTPClient client = CommonsNet.login(server, WAY, Account.ALICE);

        String[] names = client.listNames("odd");

        assertThat(names).hasSize(ODD_NAMES.size());
        for (String name : names) {
            assertThat(ODD_NAMES).contains(name.substring("odd/".length()));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            assertThat(client.retrieveFile(name, content))
                    .as(client.getReplyString())
                    .isTrue();
            assertThat("odd/" + content.toString(StandardCharsets.UTF_8)).isEqualTo(name);
        }
        CommonsNet.logout(client);
    }

    @Test
    void lftpAndCurlReadOddNames(@TempDir Path local) throws IOException {
        InetSocketAddress address = server.address();
        String script = "set ftp:ssl-allow no; set net:max-retries 1; set net:timeout 20; open -u alice,wonderland -p "
                + address.getPort() + " " + address.getHostString() + "; cls -1 odd/; bye";
        String url = "ftp://" + address.getHostString() + ":" + address.getPort() + "/odd/";

        String seenByLftp =
                Command.run(local, "lftp", "-c", script).expectExit(0).output();
        String seenByCurl = Command.run(local, "curl", "-sS", "--user", "alice:wonderland", "--list-only", url)
                .expectExit(0)
                .output();

        assertThat(seenByLftp.lines())
                .containsExactlyInAnyOrderElementsOf(
                        ODD_NAMES.stream().map(name -> "odd/" + name).toList());
        assertThat(seenByCurl.lines()).containsExactlyInAnyOrderElementsOf(ODD_NAMES);
    }

    @ParameterizedTest
    @CsvSource({"LIST many, 20000", "NLST many, 20000", "NLST many/*9, 2000", "MLSD many, 20002", "LIST -t many, 20000"
    })
    void listsManyEntriesEachOnce(String command, int count) throws IOException {
        List<String> lines = listing(command).lines().toList();

        assertThat(lines).hasSize(count).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST small", "NLST small", "MLSD small"})
    void endsLinesWithCrLfInEveryType(String command) throws IOException {
        control.expect(200, "TYPE A");
        String ascii = listing(command);
        control.expect(200, "TYPE I");
        String image = listing(command);

        assertThat(image).isEqualTo(ascii).endsWith("\r\n");
        assertThat(image.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @Test
    void deflatesInModeZ() throws IOException {
        String plain = listing("LIST many");
        control.expect(200, "MODE Z");

        assertThat(text(listingBytes("LIST many"))).isNotEqualTo(plain);
        try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(listingBytes("LIST many")))) {
            assertThat(text(inflated.readAllBytes())).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LIST none", "NLST none", "NLST none/*", "MLSD none", "LIST -a none", "MLST none", "STAT none"})
    void says550ForWhatIsNotThere(String command) throws IOException {
        control.extendedPassive();

        control.expect(550, command);
    }

    @Test
    void givesAnEmptyListingWhereNothingMatches() throws IOException {
        assertThat(listing("NLST small/*.none")).isEmpty();
        assertThat(listing("LIST small/folder")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "NLST", "MLSD"})
    void asksForADataConnectionFirst(String command) throws IOException {
        control.expect(425, command);
    }

    @Test
    void refusesToListAFileByMlsd() throws IOException {
        control.extendedPassive();

        control.expect(501, "MLSD small/file");
    }

    @Test
    void tellsOneFileByMlst() throws IOException {
        List<String> lines = control.expect(250, "MLST small/file").lines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .matches(" type=file;size=123;modify=20200229123456;perm=adfrw;unique=[0-9a-f]+g[0-9a-f]+;"
                        + "UNIX\\.mode=0644; /small/file");
    }

    @Test
    void tellsOnlyTheFactsThatWereChosen() throws IOException {
        assertThat(control.expect(200, "OPTS MLST Modify;SIZE;bogus;").text()).isEqualTo("200 MLST OPTS size;modify;");
        assertThat(control.expect(250, "MLST small/file").lines().get(1))
                .isEqualTo(" size=123;modify=20200229123456; /small/file");

        assertThat(control.expect(200, "OPTS MLST").text()).isEqualTo("200 MLST OPTS");
        assertThat(control.expect(250, "MLST small/file").lines().get(1)).isEqualTo("  /small/file");
    }

    @Test
    void tellsAReaderThatItMayOnlyRead() throws IOException {
        try (ControlClient reader = ControlClient.login(
                server.address(), Account.ALICE.named("reader").readOnly())) {
            reader.expect(200, "OPTS MLST perm;");

            assertThat(reader.expect(250, "MLST small/file").lines().get(1)).isEqualTo(" perm=r; /small/file");
            assertThat(reader.expect(250, "MLST small").lines().get(1)).isEqualTo(" perm=el; /small");
        }
    }

    @Test
    void overlooksUnknownSwitchesAndKnowsTheTilde() throws IOException {
        for (String argument : List.of("--full-time small", "-Z small", "~/small", "-la ~/small")) {
            assertThat(control.expect(212, "STAT " + argument).lines())
                    .as(argument)
                    .anyMatch(line -> line.endsWith(" 123 Feb 29  2020 file"));
        }
        assertThat(listing("LIST --full-time small")).contains("file");
        assertThat(listing("MLSD -la small")).contains("file");
        assertThat(listing("LIST ~")).contains("small");
        control.expect(250, "CWD small");
        control.expect(250, "CWD ~");
        assertThat(control.command("PWD").text()).contains("\"/\"");
    }

    @Test
    void listsOverTheControlConnection() throws IOException {
        assertThat(control.expect(212, "STAT small").lines())
                .hasSize(4)
                .anyMatch(line -> line.endsWith(" 123 Feb 29  2020 file"));
        assertThat(control.expect(213, "STAT small/file").lines()).hasSize(3);
    }

    @Test
    void cutsALongListingOverTheControlConnection() throws IOException {
        List<String> lines = control.expect(212, "STAT many").lines();

        assertThat(lines.size()).isBetween(100, 2000);
        assertThat(lines.getLast()).isEqualTo("212 There is more: use LIST.");
    }

    @Test
    void abortsAListing() throws IOException {
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "MLSD many");
            control.send("ABOR");

            control.expectReply(426);
            control.expectReply(226);
            assertThat(data.endsAsComplete()).isFalse();
        }
        control.expect(200, "NOOP");
    }

    @Test
    void replies426ThenSurvivesWhenTheClientResetsAListing() throws IOException {
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, "MLSD many");
            data.reset();
        }

        control.expectReply(426);
        assertThat(listing("NLST small")).isEqualTo("small/file\r\nsmall/folder\r\n");
    }

    @Test
    void leavesNoDescriptorOpen() throws IOException {
        listing("LIST -R");
        listing("NLST */*");
        listing("LIST -t many");

        assertThat(server.descriptorsOf(server.home().resolve("many"))).isZero();
    }

    private String listing(String command) throws IOException {
        return text(listingBytes(command));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] listingBytes(String command) throws IOException {
        try (DataClient data = DataClient.connect(control.extendedPassive())) {
            control.expect(150, command);
            byte[] bytes = data.input().readAllBytes();
            control.expectReply(226);
            return bytes;
        }
    }
}
