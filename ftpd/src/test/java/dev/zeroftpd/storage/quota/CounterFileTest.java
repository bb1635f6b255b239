package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of homes outlive the process. */
class CounterFileTest {

    @TempDir
    Path folder;

    private Path state() {
        return folder.resolve("state");
    }

    @Test
    void numbersAreThereAgainAfterAGoodEnd() throws IOException {
        try (CounterFile file = CounterFile.open(state())) {
            assertThat(file.endedBadly()).isFalse();
            assertThat(file.counter("/srv/a").addBytes(0, 5)).isTrue();
            assertThat(file.counter("/srv/b").addFile(0)).isTrue();
        }
        try (CounterFile file = CounterFile.open(state())) {
            assertThat(file.endedBadly()).isFalse();
            assertThat(file.counter("/srv/a").bytes()).isEqualTo(5);
            assertThat(file.counter("/srv/b").files()).isEqualTo(1);
            assertThat(file.counter("/srv/c").bytes()).isZero();
        }
    }

    /** As after a kill: the file was never closed. */
    @Test
    void numbersAreThereAgainWithoutAnEndAndThatIsKnown() throws IOException {
        CounterFile killed = CounterFile.open(state());
        assertThat(killed.counter("/srv/a").addBytes(0, 5)).isTrue();
        Path later = Files.createDirectory(folder.resolve("later")); // the file of one that runs is still locked
        Files.copy(state().resolve("quotas"), later.resolve("quotas"));

        try (CounterFile file = CounterFile.open(later)) {
            assertThat(file.endedBadly()).isTrue();
            assertThat(file.counter("/srv/a").bytes()).isEqualTo(5);
        }
    }

    @Test
    void twoServersChangeTheSameNumbersAndTheFirstsEndIsNotTheSeconds() throws IOException {
        CounterFile draining = CounterFile.open(state());
        Counter before = draining.counter("/srv/a");
        CounterFile successor = CounterFile.open(state());
        assertThat(successor.endedBadly()).isFalse();
        Counter after = successor.counter("/srv/a");
        assertThat(before.addBytes(0, 5)).isTrue();
        assertThat(after.addBytes(5, 6)).isTrue();
        assertThat(before.bytes()).isEqualTo(11);

        Counter other = successor.counter("/srv/b");
        assertThat(draining.counter("/srv/c").addBytes(0, 1)).isTrue();
        assertThat(other.bytes()).isZero();
        assertThat(draining.counter("/srv/b").addFile(0)).isTrue();
        assertThat(other.files()).isEqualTo(1);

        draining.close();
        try (CounterFile next = CounterFile.open(state())) {
            assertThat(next.endedBadly()).isTrue();
        }
    }

    @Test
    void growsWithTheNumberOfHomes() throws IOException {
        try (CounterFile file = CounterFile.open(state())) {
            for (int i = 0; i < 3000; i++) {
                assertThat(file.counter("/srv/" + i).addBytes(0, i)).isTrue();
            }
        }
        try (CounterFile file = CounterFile.open(state())) {
            for (int i = 0; i < 3000; i++) {
                assertThat(file.counter("/srv/" + i).bytes()).isEqualTo(i);
            }
        }
    }

    @Test
    void aStrangeFileIsPutAside() throws IOException {
        Files.createDirectories(state());
        Files.writeString(state().resolve("quotas"), "of another program");

        try (CounterFile file = CounterFile.open(state())) {
            assertThat(file.counter("/srv/a").bytes()).isZero();
        }
        try (Stream<Path> files = Files.list(state())) {
            assertThat(files.filter(each -> each.getFileName().toString().startsWith("quotas.damaged-")))
                    .singleElement()
                    .satisfies(aside -> assertThat(aside).hasContent("of another program"));
        }
    }
}
