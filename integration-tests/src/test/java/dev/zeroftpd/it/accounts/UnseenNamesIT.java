package dev.zeroftpd.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole conversations of accounts that see nothing, failures included: whether a name is taken makes no difference. */
@Tag("attack")
class UnseenNamesIT {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> AccountsFile.options(
            folder,
            AccountsFile.account("keeper", "permissions=all")
                    + AccountsFile.account("dropper", "permissions=drop")
                    + AccountsFile.account("overwriter", "permissions=upload,overwrite")
                    + AccountsFile.account("limited", "permissions=drop", "upload-size-max=2")
                    + AccountsFile.account("full", "permissions=drop", "quota-bytes=5")
                    + AccountsFile.account("filled", "permissions=upload,overwrite", "quota-bytes=3")
                    + AccountsFile.account(
                            "counted", "permissions=upload,overwrite", "quota-bytes=1000", "quota-files=50")));

    private ControlClient login(String name) throws IOException {
        return ControlClient.login(server.address(), AccountsFile.named(name));
    }

    /** What is told of a transfer to its end, without its name and what differs from one to the next. */
    private static String conversation(ControlClient client, String line, String name) throws IOException {
        String told;
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply first = client.command(line.formatted(name));
            told = first.text();
            if (first.code() == 150) {
                data.output().write(NEW);
            }
        }
        if (told.startsWith("150")) {
            told += client.reply().text().replaceAll("[0-9.]+ s", "TIME");
        }
        return told.replace(name, "NAME");
    }

    private void makeLinks() throws IOException {
        Path outside = Files.createDirectories(server.folder().resolve("outside"));
        Files.createSymbolicLink(server.home().resolve("leads-out"), outside);
        Files.createSymbolicLink(server.home().resolve("leads-away"), Path.of("../absent"));
        Files.createSymbolicLink(server.home().resolve("leads-nowhere"), Path.of("no/where"));
        Files.createSymbolicLink(server.home().resolve("leads-round"), Path.of("leads-round"));
        storeTaken();
    }

    /** By the server, which counts it at once: two bytes are left to one account then, and none to another. */
    private void storeTaken() throws IOException {
        try (ControlClient keeper = login("keeper")) {
            assertThat(DataClient.sent(keeper, "STOR is-taken", OLD).code()).isEqualTo(226);
        }
    }

    /** What is asked for below a name would tell whether that is a file's, a link's or free. */
    @ParameterizedTest
    @ValueSource(strings = {"dropper", "overwriter", "filled"})
    void saysTheSameBelowAFileALinkAndAFreeName(String account) throws IOException {
        makeLinks();
        try (ControlClient client = login(account)) {
            client.expect(200, "TYPE I");
            for (String line : List.of("STOR %s/x", "STOU %s/x")) {
                for (String name :
                        List.of("is-free", "is-taken", "leads-out", "leads-away", "leads-nowhere", "leads-round")) {
                    assertThat(conversation(client, line, name))
                            .as("%s %s", line, name)
                            .isEqualTo("550 /NAME/x: no such file or directory.");
                }
            }
        }
    }

    /** What can't be replaced is as what may not be. */
    @ParameterizedTest
    @ValueSource(strings = {"dropper", "overwriter"})
    void storesBesideALinkOrADirectoryAndSaysWhatItSaysOfAFreeName(String account) throws IOException {
        makeLinks();
        try (ControlClient client = login(account)) {
            client.expect(200, "TYPE I");
            String free = conversation(client, "STOR %s", "is-free");

            assertThat(free).contains("226 ");
            for (String name : List.of("is-taken", "leads-out", "leads-away", "leads-nowhere", "leads-round", "deep")) {
                Files.createDirectories(server.home().resolve("deep"));
                assertThat(conversation(client, "STOR %s", name)).as(name).isEqualTo(free);
            }
        }
        assertThat(names(server.folder().resolve("outside"))).isEmpty();
    }

    /** A failure names the file, and that must be the name which the client chose. */
    @ParameterizedTest
    @CsvSource({
        "limited, too large: no upload may have more than 2 bytes.",
        "full, quota exceeded.",
        "filled, quota exceeded."
    })
    void failsTheSameUnderATakenAndAFreeName(String account, String reason) throws IOException {
        storeTaken();
        try (ControlClient client = login(account)) {
            client.expect(200, "TYPE I");
            String free = conversation(client, "STOR %s", "is-free");
            assertThat(free).endsWith(" /NAME: " + reason);
            assertThat(conversation(client, "STOR %s", "is-taken")).isEqualTo(free);
            for (String name : List.of("is-free", "is-taken")) {
                client.command("ALLO 3");
                assertThat(conversation(client, "STOR %s", name)).isEqualTo("552 /NAME: " + reason);
            }
            client.command("ALLO 3");
            assertThat(conversation(client, "STOU %s", "is-taken"))
                    .matches("552 /NAME(\\.[0-9a-f]{8})?: " + Pattern.quote(reason));
        }
        assertThat(server.home().resolve("is-taken")).hasContent("old");
    }

    /** How much lies in the home would tell whether an upload made a file or replaced one. */
    @Test
    void tellsTheLimitsAndNotWhatIsUsed() throws IOException {
        List<String> asked = List.of("SITE QUOTA", "AVBL", "ALLO 998", "ALLO 1001");
        storeTaken();
        try (ControlClient client = login("counted")) {
            client.expect(200, "TYPE I");
            List<String> before = answers(client, asked);
            assertThat(before)
                    .containsExactly(
                            "200 at most 1000 bytes; at most 50 files and directories.",
                            "213 1000",
                            "200 No limit refuses that; nothing needs to be reserved.",
                            "552 Quota exceeded: all files may have only 1000 bytes.");
            assertThat(conversation(client, "STOR %s", "is-taken")).contains("226 ");
            assertThat(answers(client, asked)).isEqualTo(before);
            assertThat(conversation(client, "STOR %s", "is-free")).contains("226 ");
            assertThat(answers(client, asked)).isEqualTo(before);
        }
    }

    private static List<String> answers(ControlClient client, List<String> asked) throws IOException {
        List<String> answers = new ArrayList<>();
        for (String line : asked) {
            answers.add(client.command(line).text());
        }
        client.command("ALLO 0"); // what was announced is of the next upload
        return answers;
    }

    /** Another client's file has the name by then; the log, hooks and the like must not name that. */
    @Test
    void tellsOperatorsTheNameThatTheFileGotInTheEnd() throws IOException {
        try (ControlClient client = login("dropper");
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(200, "TYPE I");
            client.expect(150, "STOR gate.jpg");
            Files.writeString(server.home().resolve("gate.jpg"), "of another");
            data.output().write(NEW);
            data.end();
            assertThat(client.expectReply(226).text()).doesNotContain("gate");
            assertThat(client.command("SITE ZEROCOPY").text()).contains("STOR /gate.jpg,");
        }
        String other = names(server.home()).stream()
                .filter(name -> name.startsWith("gate.jpg."))
                .findFirst()
                .orElseThrow();
        assertThat(server.home().resolve(other)).hasContent("new");
        server.awaitLogLine(line -> line.contains("STOR") && line.contains("/" + other) && line.contains("3 bytes"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }
}
