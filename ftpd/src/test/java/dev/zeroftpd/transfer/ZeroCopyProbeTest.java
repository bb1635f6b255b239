package dev.zeroftpd.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.os.SendFileTrial;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ZeroCopyProbeTest {

    private static final long DEVICE = 42;

    @TempDir
    Path folder;

    private Path file;
    private long now;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(folder.resolve("file"), "content");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void allowsAnOrdinaryDevice() throws IOException {
        assertThat(new ZeroCopyProbe(Set.of()).reasonToStream(file, DEVICE)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsThatTheKernelRefuses() throws IOException {
        // a file without splice_read: the same EINVAL that a file system without it gives
        assertThat(SendFileTrial.ofThisSystem().works(Path.of("/proc/self/mem")))
                .isFalse();
    }

    @Test
    void excludesAFileSystemByItsType() throws IOException {
        String type = Files.getFileStore(file).type();
        SendFileTrial never = tried -> {
            throw new AssertionError("an excluded file system must not be tried");
        };

        assertThat(new ZeroCopyProbe(Set.of(type), never, () -> now).reasonToStream(file, DEVICE))
                .contains(StreamReason.EXCLUDED_FILE_SYSTEM);
    }

    /** As docs/tuning.md says where to look. */
    @Test
    void tellsTheTypeAndTheVerdictAtDebug() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(ZeroCopyProbe.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.DEBUG);
        try {
            assertThat(new ZeroCopyProbe(Set.of(), _ -> false, () -> now).reasonToStream(file, DEVICE))
                    .isPresent();
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Device 42, file system type "
                        + Files.getFileStore(file).type() + ": streamed: refused by device");
    }

    @Test
    void asksADeviceOnceAMinute() throws IOException {
        AtomicInteger trials = new AtomicInteger();
        SendFileTrial refused = tried -> {
            trials.incrementAndGet();
            return false;
        };
        ZeroCopyProbe probe = new ZeroCopyProbe(Set.of(), refused, () -> now);

        assertThat(probe.reasonToStream(file, DEVICE)).contains(StreamReason.REFUSED_BY_DEVICE);
        assertThat(probe.reasonToStream(file, DEVICE)).contains(StreamReason.REFUSED_BY_DEVICE);
        assertThat(trials).hasValue(1);
        probe.reasonToStream(file, DEVICE + 1);
        assertThat(trials).hasValue(2);
        now += Duration.ofSeconds(61).toNanos();
        probe.reasonToStream(file, DEVICE);
        assertThat(trials).hasValue(3);
    }
}
