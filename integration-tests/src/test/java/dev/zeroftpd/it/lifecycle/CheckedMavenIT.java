package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./verify} lets Maven build with, by a {@code mvn} that downloads what lies in a folder. */
class CheckedMavenIT {

    private static final String LIBRARY = "org/example/library/1.0/library-1.0.jar";
    private static final String OTHER = "org/example/other/1.0/other-1.0.jar";

    /** Of "as it was". */
    private static final String SUM = "369b74f2003ce39f5829ec7a2f84852b72b610d0312c8951d5d8f7316c9902ba";

    private static final String MAVEN = """
        #!/bin/sh
        repository=${1#-Dmaven.repo.local=}
        shift
        echo "$@"
        (cd "$repository" && find . -type f -printf '%P\\n')
        cp -rn "$REMOTE/." "$repository"
        echo 'library-1.0.jar>central=' >"$repository/_remote.repositories"
        """;

    @TempDir
    private Path folder;

    private Path script;
    private Path list;
    private Path usual;
    private Path remote;

    @BeforeEach
    void layOut() throws IOException {
        Path mvn = Files.createDirectories(folder.resolve("checkout/.mvn"));
        script = Files.copy(
                Checkout.ROOT.resolve(".mvn/checked-maven"),
                mvn.resolve("checked-maven"),
                StandardCopyOption.COPY_ATTRIBUTES);
        list = Files.writeString(mvn.resolve("checksums.sha256"), SUM + "  " + LIBRARY + "\n");
        usual = Files.createDirectories(folder.resolve("home/.m2/repository"));
        remote = Files.createDirectories(folder.resolve("remote"));
        Path fake = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.setPosixFilePermissions(Files.writeString(fake, MAVEN), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Command verify(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString(), "verify"));
        command.addAll(List.of(options));
        return Command.run(
                folder,
                Map.of(
                        "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                        "HOME", folder.resolve("home").toString(),
                        "REMOTE", remote.toString()),
                "",
                command);
    }

    private static void put(Path repository, String path, String content) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    @Test
    void whatOtherProjectsDownloadedIsNotSeen() throws IOException {
        put(usual, LIBRARY, "as it was");
        put(usual, OTHER, "of another project");

        assertThat(verify("-o").expectExit(0).output()).isEqualTo("verify -o\n" + LIBRARY + "\n");
    }

    @Test
    void aChangedFileIsNamedBeforeAnythingRuns() throws IOException {
        put(usual, LIBRARY, "tampered with");

        Command refused = verify().expectExit(1);
        assertThat(refused.errors())
                .contains(usual.resolve(LIBRARY).toString(), SUM)
                .doesNotContain("Traceback");
        assertThat(refused.output()).isEmpty();
    }

    @Test
    void aDownloadThatTheListDoesNotHaveIsNamed() throws IOException {
        put(usual, LIBRARY, "as it was");
        put(remote, OTHER, "new");

        assertThat(verify().expectExit(1).errors()).contains(OTHER + " was downloaded, but is not in", "--write");
        assertThat(usual.resolve(OTHER)).doesNotExist();
    }

    @Test
    void aDownloadThatIsNotWhatItWasIsNamedAndNotKept() throws IOException {
        put(remote, LIBRARY, "tampered with");

        assertThat(verify().expectExit(1).errors()).contains(LIBRARY, SUM);
        assertThat(usual.resolve(LIBRARY)).doesNotExist();
    }

    @Test
    void aDownloadThatIsWhatItWasIsKept() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        put(remote, LIBRARY, "as it was");

        assertThat(verify("-Dmaven.repo.local=" + elsewhere).expectExit(0).errors())
                .isEmpty();
        assertThat(elsewhere.resolve(LIBRARY)).hasContent("as it was");
        assertThat(usual.resolve(LIBRARY)).doesNotExist();
    }

    @Test
    void newDownloadsAreAddedToTheListWhenAskedTo() throws IOException {
        put(usual, LIBRARY, "as it was");
        put(remote, OTHER, "as it was");

        assertThat(verify("--write").expectExit(0).output()).isEqualTo("verify\n" + LIBRARY + "\n");
        assertThat(list).hasContent(SUM + "  " + LIBRARY + "\n" + SUM + "  " + OTHER + "\n");
        verify().expectExit(0);
    }

    @Test
    void theListCanBeWrittenFromNothing() throws IOException {
        put(usual, LIBRARY, "no longer used");
        put(remote, OTHER, "as it was");
        Files.delete(list);

        verify("--write").expectExit(0);
        assertThat(list).hasContent(SUM + "  " + OTHER + "\n");
    }

    @Test
    void aBuildThatFailsStaysFailed() throws IOException {
        put(usual, LIBRARY, "as it was");
        Files.writeString(folder.resolve("bin/mvn"), "#!/bin/sh\nexit 3\n");

        verify().expectExit(3);
    }
}
