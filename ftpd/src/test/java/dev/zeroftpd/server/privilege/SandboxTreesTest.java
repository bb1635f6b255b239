package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTreesTest {

    @TempDir
    private Path temporary;

    private Path root;

    @BeforeEach
    void makeFolders() throws Exception {
        root = temporary.toRealPath();
        for (String folder : Set.of("etc", "keys", "accounts", "srv/alone/deep", "srv/many/ann", "srv/many/bob")) {
            Files.createDirectories(root.resolve(folder));
        }
    }

    private Map<Path, Access> trees(String settings, String... homes) throws Exception {
        StringBuilder accounts = new StringBuilder();
        for (int i = 0; i < homes.length; i++) {
            accounts.append("ftpserver.user.u%d.homedirectory=%s%n".formatted(i, root.resolve(homes[i])));
        }
        Path users = Files.writeString(root.resolve("accounts/users.properties"), accounts);
        Path file = Files.writeString(
                root.resolve("etc/ftpd.properties"), "users.file=" + users + "\nstate.directory=../state\n" + settings);
        Settings read = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        return new SandboxTrees(read, Accounts.read(users), Set.of()).all();
    }

    @Test
    void aHomeAloneLetsNothingAboveItThrough() throws Exception {
        assertThat(trees("", "srv/alone/deep"))
                .containsEntry(root.resolve("srv/alone/deep"), Access.CHANGE)
                .doesNotContainKeys(root.resolve("srv/alone"), root.resolve("srv"), root);
    }

    @Test
    void homesSideBySideAreOneTree() throws Exception {
        assertThat(trees("", "srv/many/ann", "srv/many/bob", "srv/alone/deep"))
                .containsEntry(root.resolve("srv/many"), Access.CHANGE)
                .containsEntry(root.resolve("srv/alone/deep"), Access.CHANGE)
                .doesNotContainKeys(root.resolve("srv/many/ann"), root.resolve("srv"));
    }

    @Test
    void homesBesideTheServersFilesAreNot() throws Exception {
        assertThat(trees("", "srv", "keys")).doesNotContainKey(root);
    }

    @Test
    void whatIsReplacedIsFoundInItsDirectory() throws Exception {
        Path key = Files.writeString(root.resolve("keys/key-1.pem"), "");
        Path link = Files.createSymbolicLink(root.resolve("etc/key.pem"), key);
        assertThat(trees("tls.certificate=" + link + "\ntls.private-key=" + link + "\n"))
                .containsEntry(root.resolve("keys"), Access.READ)
                .containsEntry(root.resolve("etc"), Access.READ)
                .containsEntry(root.resolve("accounts"), Access.CHANGE)
                .containsEntry(root.resolve("state"), Access.CHANGE);
    }

    @Test
    void aLinkedHomeIsWhereItLeads() throws Exception {
        Files.createSymbolicLink(root.resolve("accounts/home"), root.resolve("srv/alone"));
        assertThat(trees("", "accounts/home/deep")).containsEntry(root.resolve("srv/alone/deep"), Access.CHANGE);
    }

    @Test
    void namedTreesMayBeChanged() throws Exception {
        assertThat(trees("process.sandbox-paths=" + root.resolve("srv") + "\n", "srv/alone/deep"))
                .containsEntry(root.resolve("srv"), Access.CHANGE)
                .doesNotContainKey(root.resolve("srv/alone/deep"));
    }

    @Test
    void theMachinesSecretsAreNotAmongThem() throws Exception {
        Map<Path, Access> trees = trees("", "srv/alone/deep");
        for (String secret : Set.of("/", "/etc/shadow", "/root", "/home", "/tmp", "/proc", "/var", "/dev")) {
            assertThat(trees).doesNotContainKey(Path.of(secret));
        }
    }
}
