package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lines of virtual folders say. */
class FolderLinesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void createHome() throws IOException {
        Files.createDirectories(directory.resolve("home"));
        file = directory.resolve("users.properties");
    }

    private Accounts read(String text) throws IOException, ConfigException {
        Files.writeString(file, text);
        return Accounts.read(file);
    }

    private VirtualFolder folder(String at, String root, boolean readOnly) {
        return new VirtualFolder(at, directory.resolve(root).toString(), readOnly);
    }

    /** One that is missing keeps no account out, and refuses no edit of the file. */
    @Test
    void readsFoldersWhetherOrNotTheyAreThere() throws Exception {
        Account ann = read("""
            ftpserver.user.ann.homedirectory=home
            ftpserver.user.ann.folder./shared=missing
            ftpserver.user.ann.folder./a.b/c.d/=with, comma , read-only
            ftpserver.user.ann.folder./manuals=manuals,read-only
            ftpserver.user.ann.folder./zip=jar:file:///a.zip,read-only
            """).find("ann").orElseThrow();

        assertThat(ann.folders())
                .containsExactly(
                        folder("/a.b/c.d", "with, comma", true),
                        folder("/manuals", "manuals", true),
                        folder("/shared", "missing", false),
                        new VirtualFolder("/zip", "jar:file:///a.zip", true));
    }

    @Test
    void takesAnAccountsOwnFolderBeforeThatOfItsGroup() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.ann.homedirectory=home
            ftpserver.user.ann.groups=staff
            ftpserver.user.ann.folder./shared=own
            ftpserver.group.staff.folder./shared=common
            ftpserver.group.staff.folder./${user}/inbox=inboxes/${user},read-only
            """);

        assertThat(accounts.find("ann").orElseThrow().folders())
                .containsExactly(folder("/ann/inbox", "inboxes/ann", true), folder("/shared", "own", false));
        assertThat(AccountView.of(file, "ann"))
                .contains(
                        new AccountView("folder./shared", "own", "user, line 3"),
                        new AccountView("folder./ann/inbox", "inboxes/ann,read-only", "group staff, line 5"));
        assertThat(AccountView.of(file, "ann"))
                .extracting(AccountView::attribute)
                .doesNotContain("folder");
    }

    @Test
    void tellsWhatIsWrong() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read("""
                    ftpserver.user.ann.homedirectory=home
                    ftpserver.user.ann.folder./=home
                    ftpserver.user.ann.folder./a/../b=home
                    ftpserver.user.ann.folder./empty=,read-only
                    ftpserver.user.ann.folder./nosuch=nosuch://bucket/
                    ftpserver.user.ann.folder.shared=home
                    """))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it).contains(":2: ", "has no path where the folder is seen"),
                                it -> assertThat(it).contains(":3: ", "none that a client can reach"),
                                it -> assertThat(it).contains(":4: ", "no directory is named", "DIRECTORY,read-only"),
                                it -> assertThat(it).contains(":5: ", "no plugin serves"),
                                it -> assertThat(it).contains(":6: ", "a path begins with /")));
    }

    /** Also by an account that has a link there, whatever the folder hides. */
    @Test
    @Tag("attack")
    void refusesReadOnlyWhereAnotherNameIsNot() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read("""
                    ftpserver.user.ann.homedirectory=home
                    ftpserver.user.ann.folder./docs=home/docs,read-only
                    ftpserver.user.ann.folder./all=all
                    ftpserver.user.ann.folder./some=all/some,read-only
                    ftpserver.user.ann.folder./others=.,read-only
                    ftpserver.user.ann.folder./homely=homely,read-only
                    ftpserver.user.ann.folder./mine=home/mine
                    """))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it).contains(":2: ", "is within the account's home", "lies apart"),
                                it -> assertThat(it).contains(":4: ", "or another folder")));
    }
}
