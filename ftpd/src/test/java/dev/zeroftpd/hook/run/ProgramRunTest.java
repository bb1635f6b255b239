package dev.zeroftpd.hook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.os.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProgramRunTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void requireStarter() {
        assumeTrue(ProcessGroup.starter().isPresent());
    }

    private ProgramRun.Order order(String lines, Duration timeout, ProgramRun.Kept kept) throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ProgramRun.Order(program, Map.of("PATH", "/usr/bin:/bin"), "", timeout, kept);
    }

    /** Read byte by byte, so that it certainly comes faster than it is read. */
    private ProgramRun.Order flood(Duration timeout) throws IOException {
        return order("exec yes", timeout, new ProgramRun.Kept(1, false));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFloodOfOutputPutsOffNoTimeOut() throws IOException {
        ProgramRun.Result result = ProgramRun.run(flood(Duration.ofSeconds(3)), () -> false);
        assertThat(result.end()).isEqualTo(ProgramRun.End.TIMED_OUT);
        assertThat(result.output()).isEqualTo("y");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFloodOfOutputIsReadNoLongerOnceItIsUnwanted() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        ProgramRun.Result result = ProgramRun.run(flood(Duration.ofMinutes(10)), () -> asked.incrementAndGet() > 10);
        assertThat(result.end()).isEqualTo(ProgramRun.End.UNWANTED);
    }

    @Test
    void aLongOutputIsReadToItsEndAndItsBeginningKept() throws IOException {
        String lines = "echo first; head -c 5000000 /dev/zero; exit 3";
        ProgramRun.Result result =
                ProgramRun.run(order(lines, Duration.ofMinutes(1), ProgramRun.Kept.WORDS), () -> false);
        assertThat(result.end()).isEqualTo(ProgramRun.End.EXITED);
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.firstLine()).isEqualTo("first");
    }
}
