package dev.zeroftpd.it.accounts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of docs/accounts.md, cell by cell: with every permission but one, and with one and {@code list}, a verb does what
 * its row says.
 */
class PermissionTableIT {

    private static final String PERMISSIONS_HEAD = "| verb | ";

    /** One of the table: by permission, {@code needs}, {@code or}, {@code new} or {@code existing}. */
    record Row(String verb, Map<String, String> cells) {

        /** Whether an account with these permissions may use the verb on something that is there, or isn't. */
        boolean allows(Set<String> permissions, boolean existing) {
            List<String> enough = cells.keySet().stream()
                    .filter(permission -> Set.of("needs", "or").contains(cells.get(permission)))
                    .toList();
            List<String> besides = cells.keySet().stream()
                    .filter(permission -> (existing ? "existing" : "new").equals(cells.get(permission)))
                    .toList();
            return (enough.isEmpty() || enough.stream().anyMatch(permissions::contains))
                    && permissions.containsAll(besides);
        }
    }

    /** One use of a verb: lines of which the last has to be answered well, with data behind it or without. */
    record Use(String verb, boolean existing, Kind kind, List<String> lines) {

        static Use of(String verb, String... lines) {
            return new Use(verb, true, Kind.PLAIN, List.of(lines));
        }

        Use ofNew() {
            return new Use(verb, false, kind, lines);
        }

        Use receiving() {
            return new Use(verb, existing, Kind.RECEIVES, lines);
        }

        Use sending() {
            return new Use(verb, existing, Kind.SENDS, lines);
        }
    }

    enum Kind {
        PLAIN,
        RECEIVES,
        SENDS
    }

    private static final List<String> PERMISSIONS = head();

    @RegisterExtension
    private static final RunningServer server = RunningServer.with(folder -> AccountsFile.options(folder, accounts()));

    private static List<String> head() {
        return table().stream()
                .filter(line -> line.startsWith(PERMISSIONS_HEAD))
                .map(line -> cells(line.substring(PERMISSIONS_HEAD.length())))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> table() {
        try {
            return Files.readAllLines(Checkout.ROOT.resolve("docs/accounts.md")).stream()
                    .dropWhile(line -> !line.startsWith(PERMISSIONS_HEAD))
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1))
                .map(String::strip)
                .toList()
                .subList(0, line.split("\\|", -1).length - 1);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : table().subList(2, table().size())) {
            List<String> cells = cells(line.substring(1));
            Map<String, String> byPermission = new LinkedHashMap<>();
            for (int i = 0; i < PERMISSIONS.size(); i++) {
                byPermission.put(PERMISSIONS.get(i), cells.get(i + 1));
            }
            rows.add(new Row(cells.getFirst().split(",", -1)[0], byPermission));
        }
        return rows;
    }

    private static String accounts() {
        StringBuilder lines = new StringBuilder();
        for (String permission : PERMISSIONS) {
            lines.append(
                    AccountsFile.account("but-" + permission, "permissions=" + String.join(",", allBut(permission))));
            lines.append(
                    AccountsFile.account("only-" + permission, "permissions=" + String.join(",", only(permission))));
        }
        return lines.toString();
    }

    private static Set<String> allBut(String permission) {
        Set<String> all = new TreeSet<>(PERMISSIONS);
        all.remove(permission);
        return all;
    }

    private static Set<String> only(String permission) {
        return new TreeSet<>(List.of(permission, "list"));
    }

    private static final List<Use> USES = List.of(
            Use.of("APPE", "APPE file").sending(),
            Use.of("APPE", "APPE absent").ofNew().sending(),
            Use.of("AVBL", "AVBL"),
            Use.of("DELE", "DELE file"),
            Use.of("HASH", "HASH file"),
            Use.of("LIST", "LIST").receiving(),
            Use.of("LIST", "LIST dir").receiving(),
            Use.of("LIST", "LIST f*").receiving(),
            Use.of("MDTM", "MDTM file"),
            Use.of("MFF", "MFF Modify=20200101000000; file"),
            Use.of("MFMT", "MFMT 20200101000000 file"),
            Use.of("MKD", "MKD absent"),
            Use.of("MLSD", "MLSD").receiving(),
            Use.of("MLST", "MLST file"),
            Use.of("NLST", "NLST").receiving(),
            Use.of("RETR", "RETR file").receiving(),
            Use.of("RMD", "RMD dir"),
            Use.of("RNFR", "RNFR file"),
            Use.of("RNTO", "RNFR file", "RNTO absent").ofNew(),
            Use.of("RNTO", "RNFR file", "RNTO other"),
            Use.of("SITE CHMOD", "SITE CHMOD 644 file"),
            Use.of("SITE UMASK", "SITE UMASK 022"),
            Use.of("SITE UTIME", "SITE UTIME 20200101000000 file"),
            Use.of("SIZE", "SIZE file"),
            Use.of("STAT", "STAT dir"),
            Use.of("STOR", "STOR file").sending(),
            Use.of("STOR", "REST 1", "STOR file").sending(),
            Use.of("STOR", "RANG 1 2", "STOR file").sending(),
            Use.of("STOR", "STOR absent").ofNew().sending(),
            Use.of("STOU", "STOU").sending(),
            Use.of("XCRC", "XCRC file"),
            Use.of("XMD5", "XMD5 file"),
            Use.of("XSHA", "XSHA file"),
            Use.of("XSHA1", "XSHA1 file"),
            Use.of("XSHA256", "XSHA256 file"),
            Use.of("XSHA512", "XSHA512 file"));

    static Stream<String> permissions() {
        return PERMISSIONS.stream();
    }

    @Test
    void everyRowIsUsed() {
        assertThat(USES.stream().map(Use::verb).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        rows().stream().map(Row::verb).toList());
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void doesEverythingElseWithoutOnePermission(String permission) throws IOException {
        assertDoesWhatItsRowSays("but-" + permission, allBut(permission));
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void doesNothingElseWithOnePermissionAndList(String permission) throws IOException {
        assertDoesWhatItsRowSays("only-" + permission, only(permission));
    }

    private static void assertDoesWhatItsRowSays(String account, Set<String> permissions) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows().forEach(row -> rows.put(row.verb(), row));
        try (ControlClient client = ControlClient.login(server.address(), AccountsFile.named(account))) {
            client.expect(200, "TYPE I");
            for (Use use : USES) {
                prepareFiles();
                Reply reply = use(client, use);
                boolean allowed = requireNonNull(rows.get(use.verb())).allows(permissions, use.existing());
                assertThat(reply.code() < 400)
                        .as("%s with %s: %s", use.lines(), permissions, reply.text())
                        .isEqualTo(allowed);
                if (!allowed) {
                    assertThat(reply.code()).as("%s", use.lines()).isIn(503, 550, 553);
                }
            }
        }
    }

    private static void prepareFiles() throws IOException {
        try (Stream<Path> found = Files.walk(server.home())) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(server.home())) {
                    Files.delete(path);
                }
            }
        }
        Files.writeString(server.home().resolve("file"), "content");
        Files.writeString(server.home().resolve("other"), "other");
        Files.createDirectory(server.home().resolve("dir"));
    }

    private static Reply use(ControlClient client, Use use) throws IOException {
        for (String line : use.lines().subList(0, use.lines().size() - 1)) {
            client.command(line);
        }
        String last = use.lines().getLast();
        if (use.kind() == Kind.PLAIN) {
            return client.command(last);
        }
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply begun = client.command(last);
            if (begun.code() >= 400) {
                return begun;
            }
            if (use.kind() == Kind.SENDS) {
                try (OutputStream bytes = data.output()) {
                    bytes.write(new byte[] {'n', 'e'});
                }
            } else {
                data.drain();
            }
        }
        return client.reply();
    }
}
