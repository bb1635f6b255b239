package dev.zeroftpd.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients must not reach what the server itself needs, nor retention delete it. */
final class OwnFilesInHomesTest {

    @TempDir
    private Path temporary;

    private Path root;

    @BeforeEach
    void find() throws IOException {
        root = temporary.toRealPath();
    }

    private List<String> warnings(String home, String more) throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(root.resolve("srv/etc")).resolve("ftpd.properties"),
                "users.file=users.properties\nstate.directory=../state\n");
        Path users = Files.writeString(
                file.resolveSibling("users.properties"),
                "ftpserver.user.ann.userpassword=x\nftpserver.user.ann.homedirectory=" + home + "\n" + more);
        Settings settings = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        return OwnFilesInHomes.of(settings, Accounts.read(users).all());
    }

    @Test
    void saysNothingOfHomesBesideThem() throws Exception {
        Files.createDirectories(root.resolve("srv/homes"));

        assertThat(warnings("../homes", "")).isEmpty();
    }

    @Test
    void warnsOfEachThatIsInAHomeAlsoThroughALink() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), Files.createDirectories(root.resolve("srv")));

        assertThat(warnings("../../link", "ftpserver.user.ann.retention=7d\n"))
                .containsExactly(
                        root.resolve("srv/etc") + ", which is or has the accounts, is in the home of ann, where clients"
                                + " can reach it: move it elsewhere",
                        root.resolve("srv/state") + ", which is or has state.directory, is in the home of ann, where"
                                + " clients can reach it: move it elsewhere");
    }

    @Test
    void tellsWhereRetentionDeletesWhatIsBesideTheConfiguration() throws Exception {
        assertThat(warnings(".", "ftpserver.user.ann.retention=7d\n"))
                .containsExactly(root.resolve("srv/etc")
                        + ", which is or has the accounts, is in the home of ann, where clients can reach it: move it"
                        + " elsewhere; the retention of ann deletes old files in it");
    }
}
