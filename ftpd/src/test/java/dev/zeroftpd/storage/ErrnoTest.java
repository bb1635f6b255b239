package dev.zeroftpd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the operating system's refusals tell a client. */
class ErrnoTest {

    /** Those whose reply tells a client to try again: 45x. */
    private static final Set<Kind> TEMPORARY = EnumSet.of(Kind.FAILED, Kind.IN_USE, Kind.BUSY, Kind.NO_SPACE);

    private static final VirtualPath PATH = new VirtualPath("/a b");

    /** By their numbers on Linux. */
    private static final List<Integer> PERMANENT_NUMBERS =
            List.of(1, 2, 6, 7, 13, 17, 18, 19, 20, 21, 22, 27, 30, 31, 36, 38, 39, 40, 61, 75, 84, 95, 122, 126);

    private static final List<Integer> TEMPORARY_NUMBERS = List.of(
            4, 5, 11, 12, 16, 23, 24, 26, 28, 37, 67, 103, 104, 105, 107, 108, 110, 111, 112, 113, 116, 117, 121);

    @Test
    void everyErrorThatAFileSystemHasIsOfTheRightClass() {
        for (int number : PERMANENT_NUMBERS) {
            assertThat(Errno.meaning(number).kind()).as("%d", number).isNotIn(TEMPORARY);
        }
        for (int number : TEMPORARY_NUMBERS) {
            assertThat(Errno.meaning(number).kind()).as("%d", number).isIn(TEMPORARY);
        }
        assertThat(Errno.known()).hasSize(PERMANENT_NUMBERS.size() + TEMPORARY_NUMBERS.size());
    }

    @Test
    void noSentenceHasANumberInIt() {
        for (int number = 1; number < 140; number++) {
            assertThat(Errno.meaning(number).text())
                    .hasSizeGreaterThan(5)
                    .doesNotContainPattern("[0-9]|errno|E[A-Z]{2,}");
        }
    }

    @Test
    void aFailingDiskFillsNoLog() {
        Logger log = (Logger) LoggerFactory.getLogger(Errno.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            for (int i = 0; i < 1000; i++) {
                StorageException _ = Errno.exception(-5, "/evil\nname");
            }
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).hasSizeLessThan(50);
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("\n"));
    }

    @Test
    void anUnknownErrorIsTemporaryAndSaysThatItIsUnknown() {
        assertThat(Errno.exception(-4711, PATH))
                .satisfies(unknown -> assertThat(unknown.kind()).isEqualTo(Kind.FAILED))
                .hasMessage("/a b: the file system refused it for a reason that the server doesn't know");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theWordsOfTheCLibraryMeanTheSame() {
        FileSystemException readOnly = new FileSystemException("/srv/real", null, "Read-only file system");
        FileSystemException busy = new FileSystemException("/srv/real", null, "Text file busy");

        assertThat(ProviderErrors.exception(readOnly, PATH))
                .hasMessage("/a b: the file system is read-only")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.NOT_PERMITTED));
        assertThat(ProviderErrors.exception(busy, PATH).kind()).isEqualTo(Kind.IN_USE);
        assertThat(ProviderErrors.exception(new IOException("Too many open files"), PATH)
                        .kind())
                .isEqualTo(Kind.FAILED);
    }

    /** The kernel's own answers, where no privilege is needed for them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelsOwnAnswersHaveSentences(@TempDir Path directory) throws IOException {
        HomeOnDisk disk = HomeOnDisk.in(directory);
        Storage storage = new LinuxStorage(disk.home(), HomeOnDisk.context(SymlinkPolicy.INSIDE));
        Files.createDirectories(disk.home().resolve("d/e"));
        Files.writeString(disk.home().resolve("f"), "x");

        StorageContract.assertRefused(
                Kind.INVALID_NAME, () -> storage.createDirectory(new VirtualPath("/" + "n".repeat(300))));
        StorageContract.assertRefused(Kind.NOT_A_DIRECTORY, () -> storage.removeDirectory(new VirtualPath("/f")));
        StorageContract.assertRefused(Kind.NOT_A_FILE, () -> storage.delete(new VirtualPath("/d")));
        StorageContract.assertRefused(Kind.NOT_EMPTY, () -> storage.removeDirectory(new VirtualPath("/d")));
        StorageContract.assertRefused(
                Kind.UNSUPPORTED, () -> storage.replace(new VirtualPath("/d"), new VirtualPath("/d/e/x")));
    }
}
