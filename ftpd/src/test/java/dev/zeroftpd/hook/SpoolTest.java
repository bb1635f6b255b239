package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path folder;

    private final List<HookEvent> live = new ArrayList<>();

    private Spool spool() {
        return new Spool(folder.resolve("hooks"), () -> live);
    }

    private HookEvent add(Spool spool, String id) {
        HookEvent event = Samples.hookEvent(id, EventKind.UPLOAD, "/" + id);
        spool.add(event);
        live.add(event);
        return event;
    }

    private List<HookEvent> adopt(Spool spool) {
        List<HookEvent> adopted = new ArrayList<>();
        int count = spool.adopt(event -> {
            adopted.add(event);
            live.add(event);
        });
        assertThat(adopted).hasSize(count);
        return adopted;
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("hooks"))) {
            return files.toList();
        }
    }

    /** What a killed process leaves: its journal, which no process has locked. */
    private void leave(String lines) throws IOException {
        Files.createDirectories(folder.resolve("hooks"));
        Files.writeString(folder.resolve("hooks/left.journal"), lines);
    }

    @Test
    void whatAKilledProcessLeftIsTakenOverAndKept() throws IOException {
        HookEvent done = Samples.hookEvent("done", EventKind.UPLOAD, "/a");
        HookEvent left = Samples.hookEvent("left", EventKind.DELETE, "/a");
        String cutOff = Samples.hookEvent("cut", EventKind.DELETE, "/b").json().substring(0, 40);
        leave("+" + done.json() + "\n+" + left.json() + "\n-done\n+" + cutOff);
        Spool spool = spool();
        assertThat(adopt(spool)).containsExactly(left);
        assertThat(journals()).singleElement().satisfies(own -> {
            assertThat(own).content().contains(left.json()).doesNotContain("\"done\"");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rw-------");
        });
        assertThat(adopt(spool)).isEmpty();
    }

    /** The clock may have been set back while the server ran. */
    @Test
    void theEventsOfAProcessComeInTheirOrderWhateverTheClockSaid() throws IOException {
        Instant now = Instant.parse("2026-05-04T12:00:00Z");
        HookEvent uploaded = at("1", EventKind.UPLOAD, now);
        HookEvent deleted = at("2", EventKind.DELETE, now.minusSeconds(60));
        leave("+" + uploaded.json() + "\n+" + deleted.json() + "\n");
        HookEvent before = at("0", EventKind.UPLOAD, now.minusSeconds(30));
        Files.writeString(folder.resolve("hooks/before.journal"), "+" + before.json() + "\n");
        assertThat(adopt(spool())).containsExactly(before, uploaded, deleted);
    }

    private static HookEvent at(String id, EventKind kind, Instant time) {
        return HookEvent.of(id, Samples.event(time, kind, "/a"));
    }

    @Test
    void aDamagedLineLosesNoOther() throws IOException {
        HookEvent first = Samples.hookEvent("1", EventKind.UPLOAD, "/a");
        HookEvent last = Samples.hookEvent("2", EventKind.DELETE, "/a");
        leave("+" + first.json() + "\n+null\n+[]\n+\n");
        Files.write(
                folder.resolve("hooks/left.journal"),
                new byte[] {'+', (byte) 0xff, '"', '\n'},
                StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("hooks/left.journal"), "+" + last.json() + "\n", StandardOpenOption.APPEND);
        assertThat(adopt(spool())).containsExactlyInAnyOrder(first, last);
    }

    @Test
    void whatIsTakenOverIsKeptThoughTheJournalIsBegunAnewMeanwhile() throws IOException {
        Spool spool = spool();
        spool.flush();
        for (int i = 0; i < 5_000; i++) {
            spool.add(Samples.hookEvent("event-" + i, EventKind.UPLOAD, "/" + i));
            spool.remove("event-" + i);
        }
        leave("+" + Samples.hookEvent("left", EventKind.DELETE, "/a").json() + "\n");
        // large enough that taking it over makes the journal begin anew
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            many.append('+')
                    .append(Samples.hookEvent("left-" + i, EventKind.UPLOAD, "/" + i)
                            .json())
                    .append('\n');
        }
        Files.writeString(folder.resolve("hooks/left.journal"), many, StandardOpenOption.APPEND);
        assertThat(adopt(spool)).hasSize(5_001);
        assertThat(journals())
                .singleElement()
                .satisfies(own ->
                        assertThat(Files.readString(own)).contains("\"left\"").contains("\"left-4999\""));
    }

    @Test
    void aJournalThatIsInUseStays() throws IOException {
        Spool first = spool();
        first.flush();
        add(first, "one");
        first.flush();
        assertThat(adopt(new Spool(folder.resolve("hooks"), List::of))).isEmpty();
        assertThat(journals()).hasSize(2);
    }

    @Test
    void nothingIsLeftWhereNothingWaits() throws IOException {
        Spool spool = spool();
        spool.flush();
        add(spool, "one");
        spool.remove("one");
        live.clear();
        spool.close();
        assertThat(journals()).isEmpty();
    }

    @Test
    void whatWaitsAtTheEndIsFoundAtTheNextStart() {
        Spool spool = spool();
        spool.flush();
        HookEvent event = add(spool, "one");
        spool.close();
        assertThat(adopt(new Spool(folder.resolve("hooks"), List::of))).containsExactly(event);
    }

    @Test
    void aJournalOfDoneEventsIsWrittenAnew() throws IOException {
        Spool spool = spool();
        spool.flush();
        for (int i = 0; i < 10_000; i++) {
            HookEvent event = add(spool, "event-" + i);
            spool.remove(event.id());
            live.clear();
            spool.flush();
        }
        assertThat(journals())
                .singleElement()
                .satisfies(own -> assertThat(Files.size(own)).isLessThan(1_100_000));
    }

    @Test
    void aDirectoryThatCantBeWrittenLosesNothingInMemory() throws IOException {
        Files.writeString(folder.resolve("hooks"), "in the way", StandardOpenOption.CREATE_NEW);
        Spool spool = spool();
        assertThat(adopt(spool)).isEmpty();
        add(spool, "one");
        spool.flush();
        assertThat(live).hasSize(1);
        assertThat(folder.resolve("hooks")).hasContent("in the way");
    }
}
