package dev.zeroftpd.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that may only drop files learns nothing of what is there. */
@Tag("attack")
class DropIT {

    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    /** With what clients ask for something about a name. */
    private static final List<String> ASKING = List.of(
            "SIZE %s",
            "MDTM %s",
            "MLST %s",
            "STAT %s",
            "RNFR %s",
            "DELE %s",
            "RMD %s",
            "HASH %s",
            "XCRC %s",
            "AVBL %s",
            "MFMT 20200101000000 %s",
            "MFF Modify=20200101000000; %s",
            "SITE CHMOD 600 %s",
            "STAT *",
            "MKD %s",
            "CWD %s");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> AccountsFile.options(
            folder,
            AccountsFile.account("dropper", "permissions=drop")
                    + AccountsFile.account("overwriter", "permissions=upload,overwrite")
                    + AccountsFile.account("boxed", "permissions=none", "permissions./in=drop")
                    + AccountsFile.account("mixed", "permissions=read", "permissions./in=drop")));

    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(server.home().resolve("there"), "old");
        Files.createDirectories(server.home().resolve("in/deep"));
        Files.writeString(server.home().resolve("in/there"), "old");
    }

    private ControlClient login(String name) throws IOException {
        return ControlClient.login(server.address(), AccountsFile.named(name));
    }

    @ParameterizedTest
    @FieldSource("ASKING")
    void answersTheSameWhetherOrNotThereIsAFile(String line) throws IOException {
        try (ControlClient client = login("dropper")) {
            client.expect(200, "TYPE I");
            Reply present = client.command(line.formatted("there"));
            Reply absent = client.command(line.formatted("absent"));

            assertThat(withoutSpace(present).replace("there", "NAME"))
                    .isEqualTo(withoutSpace(absent).replace("absent", "NAME"));
            assertThat(present.code()).isEqualTo(line.startsWith("AVBL") ? 213 : 550);
        }
    }

    /** So how long an answer takes tells nothing either. Only CWD looks: docs say that directories can be found out. */
    @Test
    void looksAtNoNameForAnAnswer(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace");
        ServerOptions options = AccountsFile.options(folder, AccountsFile.account("dropper", "permissions=drop"))
                .with("process.sandbox", "off")
                .wrappedBy(
                        List.of("strace", "-D", "-f", "-qq", "-s", "256", "-o", trace.toString(), "-e", "trace=%file"));
        Files.writeString(folder.resolve("home/is-there"), "old");
        try (ServerProcess traced = ServerProcess.start(folder, options);
                ControlClient client = ControlClient.login(traced.address(), AccountsFile.named("dropper"))) {
            for (String line : ASKING.subList(0, ASKING.indexOf("CWD %s"))) {
                for (String name : List.of("is-there", "is-absent")) {
                    client.command(line.formatted(name));
                }
            }
            for (String line : List.of("LIST %s", "NLST is-*", "RETR %s", "APPE %s")) {
                for (String name : List.of("is-there", "is-absent")) {
                    client.extendedPassive();
                    client.command(line.formatted(name));
                }
            }
            assertThat(DataClient.sent(client, "STOR is-new", NEW).code()).isEqualTo(226);
        }
        assertThat(Files.readString(trace)).contains("\"is-new").doesNotContain("is-there", "is-absent");
    }

    /** The free space changes all the time. */
    private static String withoutSpace(Reply reply) {
        return reply.text().replaceAll("^213 \\d+", "213 SPACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "NLST", "MLSD", "LIST %s", "NLST t*", "RETR %s", "APPE %s"})
    void opensNoTransferThatWouldTell(String line) throws IOException {
        try (ControlClient client = login("dropper")) {
            client.extendedPassive();
            Reply present = client.command(line.formatted("there"));
            Reply absent = client.command(line.formatted("absent"));

            assertThat(present.text().replace("there", "NAME"))
                    .isEqualTo(absent.text().replace("absent", "NAME"));
            assertThat(present.code()).isIn(550, 553);
        }
    }

    @Test
    void storesBesideWhatIsThereAndSaysWhatItSaysOfAFreeName() throws IOException {
        try (ControlClient client = login("dropper")) {
            client.expect(200, "TYPE I");
            String taken = said(client, "STOR there");
            String free = said(client, "STOR free");

            assertThat(taken.replace("there", "NAME")).isEqualTo(free.replace("free", "NAME"));
            assertThat(client.command("SITE ZEROCOPY").text()).contains("STOR /free,");
        }
        assertThat(server.home().resolve("there")).hasContent("old");
        assertThat(server.home().resolve("free")).hasContent("new");
        assertThat(names(server.home()))
                .filteredOn(name -> name.matches("there\\.[0-9a-f]{8}"))
                .hasSize(1);
        server.awaitLogLine(line -> line.contains("STOR") && line.contains("/there."));
    }

    /** The 150 and the 226, without what differs from one transfer to the next. */
    private static String said(ControlClient client, String line) throws IOException {
        String begun;
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            begun = client.expect(150, line).text();
            data.output().write(NEW);
        }
        return begun + client.expectReply(226).text().replaceAll("[0-9.]+ s", "TIME");
    }

    /** The directory's name is taken: what gets another one would be beside it. */
    @Test
    void putsNothingBesideTheDirectoryThatItDropsInto() throws IOException {
        try (ControlClient client = login("boxed")) {
            for (String line : List.of("STOR in", "STOU /in", "STOR absent", "STOU absent", "STOR /", "STOU")) {
                client.extendedPassive();
                assertThat(client.command(line).code()).as(line).isBetween(500, 559);
            }
            client.expect(250, "CWD in");
            for (String line : List.of("STOR .", "STOR /in", "STOU /in/../absent")) {
                client.extendedPassive();
                assertThat(client.command(line).code()).as(line).isBetween(500, 559);
            }
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                assertThat(client.expect(150, "STOU .").text()).matches("150 FILE: /in/ftp\\.dat\\.[0-9a-f]{8}");
                data.output().write(NEW);
            }
            client.expectReply(226);
        }
        assertThat(names(server.home())).containsExactlyInAnyOrder("there", "in");
    }

    /** What the other name has behind it could make it too long. */
    @Test
    void saysTheSameOfALongNameThatIsTaken() throws IOException {
        String taken = "t".repeat(251);
        String free = "f".repeat(251);
        Files.writeString(server.home().resolve(taken), "old");
        try (ControlClient client = login("dropper")) {
            client.expect(200, "TYPE I");

            assertThat(said(client, "STOR " + taken).replace(taken, "NAME"))
                    .isEqualTo(said(client, "STOR " + free).replace(free, "NAME"));
        }
        assertThat(server.home().resolve(taken)).hasContent("old");
        assertThat(names(server.home()))
                .filteredOn(name -> name.startsWith("ttt"))
                .hasSize(2);
    }

    @Test
    void replacesWhereItMayOverwrite() throws IOException {
        try (ControlClient client = login("overwriter")) {
            assertThat(DataClient.sent(client, "STOR there", NEW).code()).isEqualTo(226);
        }
        assertThat(server.home().resolve("there")).hasContent("new");
    }

    @Test
    void givesEachUniqueFileAnEnding() throws IOException {
        try (ControlClient client = login("dropper")) {
            for (String name : List.of("there", "free", "in")) {
                try (DataClient data = DataClient.connect(client.extendedPassive())) {
                    assertThat(client.expect(150, "STOU " + name).text())
                            .matches("150 FILE: /" + name + "\\.[0-9a-f]{8}");
                    data.output().write(NEW);
                }
                client.expectReply(226);
            }
        }
    }

    @Test
    void continuesNothingAndLeavesNothingOfABrokenUpload() throws IOException {
        try (ControlClient client = login("dropper")) {
            client.expect(200, "TYPE I");
            for (String name : List.of("there", "absent")) {
                client.extendedPassive();
                client.expect(350, "REST 1");
                assertThat(client.command("STOR " + name).code()).isEqualTo(554);
                client.extendedPassive();
                client.expect(350, "RANG 0 1");
                assertThat(client.command("STOR " + name).code()).isEqualTo(554);
            }
            try (DataClient data = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR broken");
                data.output().write(NEW);
                data.reset();
            }
            client.expectReply(426);
        }
        await().untilAsserted(() -> assertThat(names(server.home())).containsExactlyInAnyOrder("there", "in"));
    }

    @Test
    void seesTheDirectoryThatItDropsIntoWhereThatIsListed() throws IOException {
        try (ControlClient client = login("mixed")) {
            assertThat(new String(DataClient.received(client, "MLSD"), StandardCharsets.UTF_8))
                    .containsPattern("type=file;[^ ]*perm=r;[^ ]* there\r\n")
                    .containsPattern("type=dir;[^ ]*perm=ce;[^ ]* in\r\n");
            assertThat(new String(DataClient.received(client, "LIST"), StandardCharsets.UTF_8))
                    .containsPattern("(?m)^-r--r--r-- .* there\r\n")
                    .containsPattern("(?m)^d-wx--x--x .* in\r\n");
            assertThat(new String(DataClient.received(client, "LIST -R"), StandardCharsets.UTF_8))
                    .doesNotContain("deep");
            client.expect(250, "CWD in");
            assertThat(client.command("SIZE there").code()).isEqualTo(550);
            assertThat(client.command("CWD there").text())
                    .isEqualTo(client.command("CWD nothere").text().replace("nothere", "there"));
            assertThat(DataClient.sent(client, "STOR x", NEW).code()).isEqualTo(226);
            assertThat(DataClient.sent(client, "STOR there", NEW).code()).isEqualTo(226);
        }
        assertThat(server.home().resolve("in/there")).hasContent("old");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }
}
