package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Metadata.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongFormatTest {

    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").getEpochSecond();

    private final LongFormat format = new LongFormat(NOW, false);

    @Test
    void writesAFileAsLsDoes() throws IOException {
        assertThat(line("notes.txt", Lines.metadata(Kind.FILE, 1234, "2026-11-02T03:04:05Z", 0640)))
                .isEqualTo("-rw-r-----   1 anna     staff            1234 Nov  2 03:04 notes.txt\r\n");
    }

    @Test
    void writesADirectoryAsLsDoes() throws IOException {
        assertThat(line("sub", Lines.metadata(Kind.DIRECTORY, 4096, "2026-11-22T11:59:59Z", 01755)))
                .isEqualTo("drwxr-xr-x   1 anna     staff            4096 Nov 22 11:59 sub\r\n");
    }

    @ParameterizedTest
    @CsvSource({"0010644, p", "0140755, s", "0060660, b", "0020666, c", "0644, s"})
    void writesTheTypeOfSpecialFilesAsLsDoes(String mode, String letter) throws IOException {
        Metadata special = Lines.metadata(Kind.OTHER, 0, "2026-11-02T03:04:05Z", Integer.parseInt(mode, 8));

        assertThat(line("x", special)).startsWith(letter + "rw");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:00:00Z, Nov 22 12:00",
        "2026-11-22T12:00:01Z, Nov 22  2026",
        "2026-06-01T00:00:00Z, Jun  1 00:00",
        "2026-05-01T00:00:00Z, May  1  2026",
        "2024-02-29T23:59:59Z, Feb 29  2024",
        "1969-12-31T23:59:59Z, Dec 31  1969",
        "-1000000-01-01T00:00:00Z, Jan  1     1",
        "+1000000-01-01T00:00:00Z, Dec 31  9999"
    })
    void showsTheYearOfTimesThatAreHalfAYearOldOrToCome(String modified, String shown) throws IOException {
        assertThat(line("f", Lines.metadata(Kind.FILE, 0, modified, 0644))).contains(" 0 " + shown + " f");
    }

    @Test
    void keepsSizesBeyondItsColumn() throws IOException {
        assertThat(line("f", Lines.metadata(Kind.FILE, Long.MAX_VALUE, "2026-11-02T03:04:05Z", 0)))
                .isEqualTo("----------   1 anna     staff    9223372036854775807 Nov  2 03:04 f\r\n");
    }

    @Test
    void keepsAccountsInTheirColumns() throws IOException {
        Metadata metadata =
                new Metadata(Kind.FILE, 5, Instant.EPOCH, Optional.empty(), "domain users and more", "", 0644, 1, 0, 0);

        assertThat(line("f", metadata))
                .isEqualTo("-rw-r--r--   1 domain_users_and_more -                   5 Jan  1  1970 f\r\n");
    }

    @Test
    void forgesNoLineFromAName() throws IOException {
        String name = "a\r\n-rw-r--r--   1 root root 0 Jan  1  1970 forged\u0000\u001b[2J\t\u007f\u009b2J\u0085";

        String line = line(name, Lines.metadata(Kind.FILE, 0, "2026-11-02T03:04:05Z", 0));

        assertThat(line).endsWith(" a??-rw-r--r--   1 root root 0 Jan  1  1970 forged??[2J???2J?\r\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void writesNamesThatAreNotAsciiAndSuchThatAreNoUtf8() throws IOException {
        assertThat(line("größe 😀 \udcff", Lines.metadata(Kind.FILE, 0, "2026-11-02T03:04:05Z", 0)))
                .endsWith(" größe 😀 \udcff\r\n");
    }

    @Test
    void marksDirectoriesOnDemand() throws IOException {
        Metadata directory = Lines.metadata(Kind.DIRECTORY, 0, "2026-11-02T03:04:05Z", 0);

        assertThat(Lines.line(new LongFormat(NOW, true), "d", directory, true)).endsWith(" d/\r\n");
    }

    private String line(String name, Metadata metadata) throws IOException {
        return Lines.line(format, name, metadata, true);
    }
}
