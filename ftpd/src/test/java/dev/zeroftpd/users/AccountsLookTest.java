package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from accounts that are edited at the same moment. */
class AccountsLookTest {

    @TempDir
    private Path folder;

    @Test
    void looksAgainAtAccountsThatWereReplacedMeanwhile() throws Exception {
        Path file = write(folder, "one");
        AccountUserManager manager = AccountUserManager.read(TestSettings.users(file, false));
        List<Accounts> seen = new ArrayList<>();

        Accounts last = manager.look(accounts -> {
            seen.add(accounts);
            if (seen.size() == 1) {
                write(folder, "another");
                assertThat(manager.reload()).isTrue();
            }
            return accounts;
        });

        manager.close();
        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
        assertThat(last).isSameAs(manager.accounts());
    }

    private static Path write(Path folder, String password) {
        try {
            return Files.writeString(
                    folder.resolve("users.properties"),
                    "ftpserver.user.bob.userpassword=" + password + "\nftpserver.user.bob.homedirectory=.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
