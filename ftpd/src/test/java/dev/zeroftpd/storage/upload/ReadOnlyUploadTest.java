package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to a read-only file system are refused with that reason. Needs the right to mount. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class ReadOnlyUploadTest {

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private boolean mounted;
    private Uploads uploads;

    @BeforeEach
    void mountHome() throws IOException, InterruptedException {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "none", home.toString());
        assumeTrue(mounted);
        Files.writeString(home.resolve("f"), "old");
        assumeTrue(run("mount", "-o", "remount,ro", home.toString()));
        uploads = UploadsOnDisk.in(home, linux, UploadMode.ATOMIC).uploads();
    }

    @AfterEach
    void unmountHome() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", home.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void everyUploadTellsIt() {
        assertReadOnly(() -> uploads.store(path("/f")), "/f");
        assertReadOnly(() -> uploads.append(path("/f")), "/f");
        assertReadOnly(() -> uploads.store(path("/new")), "/new");
        assertReadOnly(() -> uploads.append(path("/new")), "/new");
        assertReadOnly(() -> uploads.storeNew(path("/new")), "/new");
    }

    private static void assertReadOnly(ThrowingCallable upload, String file) {
        assertThatThrownBy(upload)
                .isInstanceOf(StorageException.class)
                .hasMessage(file + ": the file system is read-only");
    }
}
