package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.users.limit.StorageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of quotas and retention. */
class StorageLimitsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void home() throws IOException {
        Files.createDirectory(folder.resolve("home"));
        file = folder.resolve("users.properties");
    }

    private void write(String... lines) throws IOException {
        StringBuilder text = new StringBuilder("ftpserver.user.alice.homedirectory=home\n");
        for (String line : lines) {
            text.append("ftpserver.user.alice.").append(line).append('\n');
        }
        Files.writeString(file, text);
    }

    private StorageLimits read(String... lines) throws IOException, ConfigException {
        write(lines);
        return Accounts.read(file).find("alice").orElseThrow().storage();
    }

    @Test
    void withoutKeysThereAreNoLimits() throws IOException, ConfigException {
        assertThat(read()).isEqualTo(new StorageLimits(0, 0, 80, 0, 0));
        assertThat(read().isAny()).isFalse();
        assertThat(read("quota-bytes=0", "quota-files=0", "upload-size-max=0", "retention=0")
                        .isAny())
                .isFalse();
    }

    @Test
    void takesUnits() throws IOException, ConfigException {
        assertThat(read(
                        "quota-bytes=10GiB",
                        "quota-files=100000",
                        "quota-warn=95%",
                        "upload-size-max=2GB",
                        "retention=30d"))
                .isEqualTo(new StorageLimits(10L << 30, 100_000, 95, 2_000_000_000L, 30));
        assertThat(read("quota-warn=100%").warnPercent()).isEqualTo(100);
        assertThat(read("quota-warn=0").warnPercent()).isZero();
    }

    @Test
    void refusesWhatCantBeUnderstoodInOneGo() throws IOException {
        write("quota-bytes=much", "quota-files=-1", "quota-warn=80", "upload-size-max=1GIB2", "retention=12h");

        assertThat(catchThrowableOfType(ConfigException.class, () -> Accounts.read(file))
                        .problems())
                .hasSize(5)
                .extracting(Object::toString)
                .anySatisfy(line -> assertThat(line).contains("quota-warn=80").contains("such as 80%"))
                .anySatisfy(line -> assertThat(line).contains("retention=12h").contains("such as 30d"));
    }

    @Test
    void haveThemFromTheirGroupsToo() throws IOException, ConfigException {
        write("groups=cameras", "quota-bytes=0");
        Files.writeString(file, """
            ftpserver.group.cameras.quota-bytes=10MiB
            ftpserver.group.cameras.quota-files=7
            ftpserver.group.cameras.retention=3d
            """, StandardOpenOption.APPEND);

        assertThat(Accounts.read(file).find("alice").orElseThrow().storage())
                .isEqualTo(new StorageLimits(0, 7, 80, 0, 3));
    }
}
