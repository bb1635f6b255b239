package dev.zeroftpd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.command.EveryVerb;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/rfc-compliance.md: every command has a row, each row names a test, and each named test exists.
 */
class ComplianceTest {

    /** RFC 5797, section 3, and RFC 7151. */
    private static final List<String> REGISTRY = List.of(
            "ABOR", "ACCT", "ADAT", "ALLO", "APPE", "AUTH", "CCC", "CDUP", "CONF", "CWD", "DELE", "ENC", "EPRT", "EPSV",
            "FEAT", "HELP", "HOST", "LANG", "LIST", "LPRT", "LPSV", "MDTM", "MIC", "MKD", "MLSD", "MLST", "MODE",
            "NLST", "NOOP", "OPTS", "PASS", "PASV", "PBSZ", "PORT", "PROT", "PWD", "QUIT", "REIN", "REST", "RETR",
            "RMD", "RNFR", "RNTO", "SITE", "SIZE", "SMNT", "STAT", "STOR", "STOU", "STRU", "SYST", "TYPE", "USER",
            "XCUP", "XCWD", "XMKD", "XPWD", "XRMD");

    /** The rows of all tables: what begins with a bar and is neither a heading nor the line below one. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(NamedTests.ROOT.resolve("docs/rfc-compliance.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| command"))
                .toList();
    }

    /** Every verb that the server knows, without what Apache FtpServer's SITE has. */
    private static Stream<String> ours() throws IOException {
        return EveryVerb.table().names().stream();
    }

    @Test
    void everyCommandHasARow() throws IOException {
        List<String> commands =
                rows().stream().map(row -> row.split("\\|", -1)[1]).toList();
        for (String command : Stream.concat(REGISTRY.stream(), ours()).toList()) {
            Pattern word = Pattern.compile("\\b" + command + "\\b");
            assertThat(commands).as(command).anyMatch(cell -> word.matcher(cell).find());
        }
    }

    @Test
    void everyRowSaysWhereItStands() throws IOException {
        for (String row : rows()) {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).as(row).hasSize(7);
            assertThat(cells[3].strip()).as(row).isIn("Yes", "Own way", "Refused");
            if (cells[3].strip().equals("Refused")) {
                assertThat(cells[4]).as("the reason in %s", row).contains(": ");
            }
        }
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(60)
                .allMatch(row -> NamedTests.NAME.matcher(row).find());
    }

    @Test
    void everyNamedTestExists() throws IOException {
        for (String row : rows()) {
            Matcher test = NamedTests.NAME.matcher(row);
            while (test.find()) {
                assertThat(NamedTests.source(test.group(1))).as(row).contains("void " + test.group(2) + "(");
            }
        }
    }
}
