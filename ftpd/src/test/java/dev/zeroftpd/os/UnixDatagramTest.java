package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be sent; what can is ServiceManagerIT's. */
class UnixDatagramTest {

    @TempDir
    private Path folder;

    @Test
    void failsWhereNothingListens() {
        String nowhere = folder.resolve("socket").toString();

        assertThatThrownBy(() -> UnixDatagram.send(nowhere, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(nowhere)
                .hasMessageContaining("error number " + ErrorNumber.ENOENT);
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        assertThatThrownBy(() -> UnixDatagram.send("@" + "x".repeat(108), "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> UnixDatagram.send("/" + "x".repeat(107), "x")).hasMessageContaining("longer");
    }
}
