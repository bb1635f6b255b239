package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that the administrator lets grow only ({@code chattr +a}). Needs the right to make one. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class AppendOnlyTest {

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Path log;
    private Uploads uploads;

    @BeforeEach
    void protectLog() throws IOException, InterruptedException {
        log = Files.writeString(home.resolve("log"), "old");
        assumeTrue(chattr("+a"));
        uploads = UploadsOnDisk.in(home, linux, UploadMode.ATOMIC).uploads();
    }

    @AfterEach
    void releaseLog() throws IOException, InterruptedException {
        chattr("-a");
    }

    private boolean chattr(String change) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "chattr \"$0\" \"$1\" 2>/dev/null", change, log.toString())
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void takesWhatIsAppended() throws IOException {
        UploadsOnDisk.complete(uploads.append(path("/log")), " and new");
        UploadsOnDisk.complete(uploads.append(path("/log")), " and newer");

        assertThat(log).hasContent("old and new and newer");
    }

    @Test
    void takesNothingElse() throws IOException {
        assertRefused(Kind.NOT_PERMITTED, () -> uploads.storeFrom(path("/log"), StartPosition.bytes(1)));
        assertRefused(Kind.NOT_PERMITTED, () -> uploads.storeRange(path("/log"), 0, 1));
        assertThat(log).hasContent("old");
    }
}
