package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.users.Accounts;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return sandbox(settings, Set.of(), homes).all();
    }

    private SandboxTrees sandbox(String settings, Set<Path> logs, String... homes) throws Exception {
        StringBuilder accounts = new StringBuilder();
        for (int i = 0; i < homes.length; i++) {
            accounts.append("ftpserver.user.u%d.homedirectory=%s%n".formatted(i, root.resolve(homes[i])));
        }
        Path users = Files.writeString(root.resolve("accounts/users.properties"), accounts);
        Path file = Files.writeString(
                root.resolve("etc/ftpd.properties"), "users.file=" + users + "\nstate.directory=../state\n" + settings);
        Settings read = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        return new SandboxTrees(read, Accounts.read(users), logs);
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

    /** Those that are read-only too: an edit may change that. */
    @Test
    void foldersAreLetThroughAsHomesAre() throws Exception {
        Files.createDirectories(root.resolve("data/shared/deep"));
        String folder = root.resolve("data/shared/deep") + ",read-only";

        assertThat(trees("", "srv/alone/deep\nftpserver.user.u0.folder./shared=" + folder))
                .containsEntry(root.resolve("srv/alone/deep"), Access.CHANGE)
                .containsEntry(root.resolve("data/shared/deep"), Access.CHANGE)
                .doesNotContainKeys(root.resolve("data/shared"), root.resolve("data"));
    }

    /** What lies beside folders is not served. */
    @Test
    void foldersSideBySideAreNotOneTree() throws Exception {
        Files.createDirectories(root.resolve("data/deep/one"));
        Files.createDirectories(root.resolve("data/deep/two"));

        assertThat(trees(
                        "",
                        "srv/alone/deep\nftpserver.user.u0.folder./one=" + root.resolve("data/deep/one")
                                + "\nftpserver.user.u0.folder./two=" + root.resolve("data/deep/two")))
                .containsEntry(root.resolve("data/deep/one"), Access.CHANGE)
                .containsEntry(root.resolve("data/deep/two"), Access.CHANGE)
                .doesNotContainKeys(root.resolve("data/deep"), root.resolve("data"));
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
    void programsAreStartedForHooksOnlyAndFromFewPlaces() throws Exception {
        Path program = Files.writeString(root.resolve("keys/told"), "");
        assertThat(sandbox("", Set.of()).programs()).isEmpty();
        assertThat(sandbox("hook.upload=https://example.org/\n", Set.of()).programs())
                .isEmpty();
        assertThat(sandbox("hook.upload=" + program + "\n", Set.of()).programs())
                .contains(root.resolve("keys"), Path.of("/usr"))
                .doesNotContain(root, root.resolve("srv"), Path.of("/"));
    }

    @Test
    void namedTreesMayBeChanged() throws Exception {
        assertThat(trees("process.sandbox-paths=" + root.resolve("srv") + "\n", "srv/alone/deep"))
                .containsEntry(root.resolve("srv"), Access.CHANGE)
                .doesNotContainKey(root.resolve("srv/alone/deep"));
    }

    @Test
    void whatIsReplacedIsFoundInADirectoryBesideTheRootToo() throws Exception {
        SandboxTrees trees = readFrom("/config/ftpd.properties", Set.of(Path.of("/logs/ftpd.log")));
        assertThat(trees.all())
                .containsEntry(Path.of("/config"), Access.READ)
                .containsEntry(Path.of("/logs"), Access.CHANGE);
        assertThat(trees.warnings()).isEmpty();
        assertThat(trees.tooWide()).isEmpty();
    }

    @Test
    void aFileInAWideDirectoryIsLetThroughAlone() throws Exception {
        SandboxTrees trees = readFrom("/var/ftpd.properties", Set.of(Path.of("/ftpd.log")));
        assertThat(trees.all())
                .containsEntry(Path.of("/var/ftpd.properties"), Access.READ)
                .containsEntry(Path.of("/ftpd.log"), Access.CHANGE)
                .doesNotContainKeys(Path.of("/"), Path.of("/var"));
        assertThat(trees.warnings())
                .singleElement()
                .asString()
                .startsWith("/var/ftpd.properties lies directly in /var,");
        assertThat(trees.tooWide())
                .singleElement()
                .asString()
                .startsWith("/ftpd.log lies directly in /,")
                .contains("the log goes on in the open file");
    }

    /** Files that this machine doesn't have: the settings are read elsewhere. */
    private SandboxTrees readFrom(String file, Set<Path> logs) throws Exception {
        trees("");
        Settings read = SettingsLoader.load(SettingsSources.ofFile(root.resolve("etc/ftpd.properties")))
                .settings();
        List<Object> values = new ArrayList<>();
        for (RecordComponent part : Settings.class.getRecordComponents()) {
            values.add(
                    part.getName().equals("file")
                            ? Optional.of(Path.of(file))
                            : part.getAccessor().invoke(read));
        }
        Settings moved = (Settings) Settings.class.getDeclaredConstructors()[0].newInstance(values.toArray());
        return new SandboxTrees(moved, Accounts.read(read.users().file()), logs);
    }

    @Test
    void anAccountAtTheRootOpensAllAndIsTold() throws Exception {
        SandboxTrees trees = sandbox("", Set.of(), "../../../../../../..");
        assertThat(trees.all()).containsEntry(Path.of("/"), Access.CHANGE);
        assertThat(trees.warnings()).singleElement().asString().startsWith("An account has / as its home");
    }

    @Test
    void settingsOfTheMachineAreWhereTheirLinksLead() throws Exception {
        Path made = Files.createDirectories(root.resolve("run/names"));
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Files.writeString(made.resolve("conf"), ""));
        Files.createSymbolicLink(root.resolve("etc/hosts"), Files.writeString(root.resolve("keys/hosts"), ""));
        Map<Path, Access> trees = new HashMap<>();
        SystemTrees.addSettings(root.resolve("etc"), trees);
        assertThat(trees)
                .containsEntry(made, Access.READ)
                .containsEntry(root.resolve("keys/hosts"), Access.READ)
                .doesNotContainKey(root.resolve("keys"));
    }

    @Test
    void theMachinesSecretsAreNotAmongThem() throws Exception {
        Map<Path, Access> trees = trees("", "srv/alone/deep");
        for (String secret : Set.of("/", "/etc/shadow", "/root", "/home", "/tmp", "/proc", "/var", "/dev")) {
            assertThat(trees).doesNotContainKey(Path.of(secret));
        }
    }
}
