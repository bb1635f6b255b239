package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Metadata.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactFormatTest {

    private static final Metadata FILE = Lines.metadata(Kind.FILE, 1234, "2026-11-02T03:04:05Z", 0640);
    private static final Metadata DIRECTORY = Lines.metadata(Kind.DIRECTORY, 4096, "2026-11-02T03:04:05Z", 01777);

    @Test
    void tellsAFile() throws IOException {
        assertThat(line(Fact.DEFAULTS, "a b;c", FILE, true))
                .isEqualTo(
                        "type=file;size=1234;modify=20261102030405;perm=adfrw;unique=801g2a;UNIX.mode=0640; a b;c\r\n");
    }

    @Test
    void tellsADirectoryWithoutSize() throws IOException {
        assertThat(line(Fact.DEFAULTS, "sub", DIRECTORY, false))
                .isEqualTo("type=dir;modify=20261102030405;perm=el;unique=801g2a;UNIX.mode=1777; sub\r\n");
    }

    @Test
    void promisesNothingOfAFolderThatCannotBeReached() throws IOException {
        assertThat(line(EnumSet.of(Fact.TYPE, Fact.PERM, Fact.UNIX_MODE), "sub", Metadata.UNREACHABLE, true))
                .isEqualTo("type=dir;perm=;UNIX.mode=0000; sub\r\n");
    }

    @Test
    void tellsEverythingThatItCan() throws IOException {
        assertThat(line(EnumSet.allOf(Fact.class), "f", FILE, false))
                .isEqualTo("type=file;size=1234;modify=20261102030405;create=20200229235958;perm=r;unique=801g2a;"
                        + "UNIX.mode=0640;UNIX.owner=anna;UNIX.group=staff; f\r\n");
    }

    @Test
    void leavesOutWhatItDoesNotKnow() throws IOException {
        Metadata poor = new Metadata(Kind.FILE, 0, Instant.EPOCH, Optional.empty(), "o; p", "g", 0, 1, 0, 0);

        assertThat(line(EnumSet.of(Fact.CREATE, Fact.UNIQUE, Fact.UNIX_OWNER), "f", poor, true))
                .isEqualTo("UNIX.owner=o__p; f\r\n");
    }

    @Test
    void tellsOnlyTheNameIfNothingWasChosen() throws IOException {
        assertThat(line(Set.of(), "f", FILE, true)).isEqualTo(" f\r\n");
    }

    @ParameterizedTest
    @CsvSource({"., cdir", ".., pdir", "..., dir", "d, dir"})
    void namesTheDirectoryItselfAndItsParent(String name, String type) throws IOException {
        assertThat(line(EnumSet.of(Fact.TYPE), name, DIRECTORY, true)).isEqualTo("type=" + type + "; " + name + "\r\n");
    }

    @Test
    void keepsControlCharactersThatAreNoLineEnds() throws IOException {
        assertThat(line(Set.of(), "a\tb\rc\nd\u0000e", FILE, true)).isEqualTo(" a\tb?c?d?e\r\n");
    }

    @Test
    void understandsFactsInAnyCaseAndOrder() {
        assertThat(Fact.parse("MODIFY;size;x.bogus;unix.MODE;"))
                .containsExactlyInAnyOrder(Fact.MODIFY, Fact.SIZE, Fact.UNIX_MODE);
        assertThat(Fact.parse("")).isEmpty();
        assertThat(Fact.list(Fact.parse("unix.mode;type"))).isEqualTo("type;UNIX.mode;");
    }

    @Test
    void marksTheChosenFactsInFeat() {
        assertThat(Fact.feature(EnumSet.of(Fact.SIZE)))
                .isEqualTo("MLST type;size*;modify;create;perm;unique;UNIX.mode;UNIX.owner;UNIX.group;");
    }

    private static String line(Set<Fact> facts, String name, Metadata metadata, boolean writable) throws IOException {
        return Lines.line(new FactFormat(facts), name, metadata, writable);
    }
}
