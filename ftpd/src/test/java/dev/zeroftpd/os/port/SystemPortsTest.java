package dev.zeroftpd.os.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemPortsTest {

    @TempDir
    Path kernel;

    private Optional<SystemPorts> ports(String range, String reserved) throws IOException {
        Files.writeString(kernel.resolve("ip_local_port_range"), range);
        Files.writeString(kernel.resolve("ip_local_reserved_ports"), reserved);
        return SystemPorts.read(kernel);
    }

    @Test
    void drawsEveryPortOfTheRangeExceptThoseThatAreReserved() throws IOException {
        SystemPorts ports = ports("30000\t30009\n", "80,30002,30004-30006\n").orElseThrow();

        Random random = new Random(1);
        Set<Integer> drawn =
                IntStream.range(0, 1000).mapToObj(_ -> ports.draw(random)).collect(Collectors.toSet());

        assertThat(drawn).containsExactlyInAnyOrder(30000, 30001, 30003, 30007, 30008, 30009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1 2 3", "50000 40000", "0 10", "60000 70000"})
    void leavesTheChoiceToTheSystemWhereItSaysNothingUseful(String range) throws IOException {
        assertThat(ports(range, "")).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheSystemWhereEveryPortIsReserved() throws IOException {
        assertThat(ports("30000 30001", "30000-30001")).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheSystemWhereItTellsNoRange() {
        assertThat(SystemPorts.read(kernel.resolve("none"))).isEmpty();
    }
}
