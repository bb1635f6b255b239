package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a home that gets its first limit have it too. */
class LateLimitsTest {

    @TempDir
    Path folder;

    private int generation;

    private void write(Storage home, String name) throws IOException {
        try (WritableFile file = home.openForWriting(new VirtualPath(name), WriteMode.CREATE_OR_TRUNCATE, 0)) {
            assertThat(file.channel().write(ByteBuffer.allocate(1000))).isEqualTo(1000);
        }
    }

    @Test
    void aLimitCountsForASessionThatWasThereBefore() throws IOException {
        Storage home = new LateLimits(
                new LinuxStorage(folder, HomeOnDisk.context(SymlinkPolicy.DENY)), new LateLimits.Limits() {
                    @Override
                    public int generation() {
                        return generation;
                    }

                    @Override
                    public Storage around(Storage bare) {
                        return generation == 0 ? bare : new CappedStorage(bare, () -> 999);
                    }
                });
        write(home, "/before");
        assertThat(home.room()).isEmpty();

        generation++;

        assertThatThrownBy(() -> write(home, "/after")).hasMessageContaining("too large");
        assertThat(home.room()).isPresent();
    }
}
