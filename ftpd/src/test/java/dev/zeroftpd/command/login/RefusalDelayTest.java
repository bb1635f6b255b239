package dev.zeroftpd.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.password.Argon2Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dear account's hash costs four times as much as the cheap one's. */
@Tag("attack")
class RefusalDelayTest {

    private static final String SHAPE = "m=19456,t=2,";

    @TempDir
    private Path folder;

    private @Nullable AccountUserManager users;

    @BeforeEach
    void writeAccounts() throws Exception {
        Files.createDirectories(folder.resolve("home"));
        String hash = Argon2Hash.of("secret").text();
        Path file = Files.writeString(
                folder.resolve("users.properties"),
                account("cheap", hash) + account("dear", hash.replace(SHAPE, "m=19456,t=8,")));
        users = AccountUserManager.read(TestSettings.users(file, false));
    }

    private static String account(String name, String password) {
        return "ftpserver.user.%s.userpassword=%s\nftpserver.user.%s.homedirectory=home\n"
                .formatted(name, password, name);
    }

    @AfterEach
    void close() {
        if (users != null) {
            users.close();
        }
    }

    /** In milliseconds; the delay of every refusal is 500. */
    @ParameterizedTest(name = "{0}, after {1} ms: {2} ms more")
    @CsvSource({
        "cheap, 100, 400",
        "cheap, 125, 375",
        "cheap, 200, 600",
        "cheap, 400, 1200",
        "cheap, 1000, 1000",
        "cheap, 3000, 0",
        "dear, 400, 100",
        "dear, 800, 0",
        "nobody, 400, 100",
        "nobody, 800, 0"
    })
    void aCheapHashIsRefusedAsLateAsTheDearest(String name, long taken, long left) {
        assertThat(RefusalDelay.left(opened(), name, Duration.ofMillis(500), Duration.ofMillis(taken)))
                .isEqualTo(Duration.ofMillis(left));
    }

    private AccountUserManager opened() {
        AccountUserManager read = users;
        if (read == null) {
            throw new IllegalStateException("no accounts were read");
        }
        return read;
    }
}
