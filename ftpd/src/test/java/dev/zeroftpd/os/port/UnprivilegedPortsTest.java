package dev.zeroftpd.os.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnprivilegedPortsTest {

    @TempDir
    Path kernel;

    @Test
    void beginWhereTheKernelSaysIt() throws IOException {
        assertThat(UnprivilegedPorts.first(Files.writeString(kernel.resolve("start"), "80\n")))
                .isEqualTo(80);
    }

    @Test
    void beginAt1024WhereItSaysNothing() throws IOException {
        assertThat(UnprivilegedPorts.first(kernel.resolve("none"))).isEqualTo(UnprivilegedPorts.USUAL_START);
        assertThat(UnprivilegedPorts.first(Files.writeString(kernel.resolve("start"), "?")))
                .isEqualTo(UnprivilegedPorts.USUAL_START);
    }
}
