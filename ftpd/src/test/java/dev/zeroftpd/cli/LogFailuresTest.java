package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.InfoStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFailuresTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final LogFailures failures =
            new LogFailures(new PrintStream(said, true, StandardCharsets.UTF_8), () -> this.now);
    private long now = Long.MAX_VALUE; // as System.nanoTime() may be
    private ResilientFileOutputStream file;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        file = new ResilientFileOutputStream(folder.resolve("log").toFile(), true, 100);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    private void fail() {
        failures.addStatusEvent(new ErrorStatus("IO failure on file [log]", file, new IOException("No space left")));
    }

    private void recover() {
        failures.addStatusEvent(new InfoStatus("Attempting to recover from IO failure on file [log]", file));
        failures.addStatusEvent(new InfoStatus("Recovered from IO failure on file [log]", file));
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void saysOnceThatTheLogCanNotBeWrittenAndOnceThatItCan() {
        for (int i = 0; i < 5; i++) {
            fail();
        }
        recover();
        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst()).contains("can't be written", "file [log]", "No space left");
        assertThat(lines().getLast()).contains("written again");
    }

    @Test
    void saysItOnceAMinuteWhereItComesAndGoes() {
        for (int i = 0; i < 5; i++) {
            fail();
            recover();
        }
        assertThat(lines()).hasSize(2);
        now += TimeUnit.MINUTES.toNanos(1);
        fail();
        assertThat(lines()).hasSize(3);
    }

    @Test
    void tellsWhatIsWrongWithTheConfiguration() {
        failures.addStatusEvent(new InfoStatus("Fine", this));
        failures.addStatusEvent(
                new ErrorStatus("Could not create the folders of [/log]", this, new Exception("x.y.Z")));
        assertThat(lines())
                .containsExactly("error: the log is not as it is configured: Could not create the folders of [/log]");
    }
}
