package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountsWatchTest {

    private final List<String> used = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFirst() throws IOException {
        file = folder.resolve("users.properties");
        write("first");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void looksOnAfterAnEditThatCouldNotBeTaken(Runnable failure) throws IOException {
        try (AccountsWatch watch = watch(name -> {
            if (name.equals("second-one")) {
                failure.run();
            }
        })) {
            watch.start();
            write("second-one");
            await().until(() -> used.contains("second-one"));
            write("the-third-one");
            await().until(() -> used.contains("the-third-one"));
        }
    }

    static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new OutOfMemoryError("as the virtual machine throws it");
                },
                () -> {
                    throw new StackOverflowError();
                },
                () -> {
                    throw new IllegalStateException("broken");
                });
    }

    /** An administrator copies the file, and only then lets the server read it. */
    @Test
    void readsAgainWhenOnlyThePermissionsHaveChanged() throws IOException {
        try (AccountsWatch watch = watch(name -> {})) {
            watch.start();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
            await().until(() -> used.contains("first"));
        }
    }

    @Test
    void keepsTheLastGoodAccountsWhileTheFileIsAway() throws IOException {
        try (AccountsWatch watch = watch(name -> {})) {
            Files.delete(file);
            assertThat(watch.reload()).isFalse();
            Files.createDirectory(file);
            assertThat(watch.reload()).isFalse();
            assertThat(used).isEmpty();
        }
    }

    /** Follows the file; remembers the name of the first account and hands it on. */
    private AccountsWatch watch(Consumer<String> use) {
        return new AccountsWatch(file, FileStamp.of(file), Accounts::read, accounts -> {
            String name = accounts.all().iterator().next().getName();
            used.add(name);
            use.accept(name);
        });
    }

    private void write(String name) throws IOException {
        Files.writeString(file, "ftpserver.user." + name + ".homedirectory=" + folder + "\n");
    }
}
