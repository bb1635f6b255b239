package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start has the JVM do. */
class StartIT {

    @TempDir
    private Path folder;

    /** Each of these is a twentieth of a start, and easily written: a switch over types, a duration times a number. */
    @Test
    void noStartPaysForWhatItCanDoWithout() throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        try (ServerProcess server = ServerProcess.start(
                folder,
                ServerOptions.standard()
                        .wrappedBy(List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + loaded)))) {
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }

        assertThat(classes(loaded)).anyMatch(line -> line.contains(" dev.zeroftpd.server.FtpDaemon "));
        assertThat(classes(loaded)).noneMatch(line -> line.contains(" java.math.BigDecimal "));
        assertThat(classes(loaded)).noneMatch(line -> line.contains(" dev.zeroftpd.") && line.contains("$$TypeSwitch"));
    }

    private static Stream<String> classes(Path loaded) throws IOException {
        return Files.readAllLines(loaded).stream();
    }
}
