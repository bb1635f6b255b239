package dev.zeroftpd.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWarningsTest {

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void makeHomes() throws IOException {
        directory = temporary.toRealPath();
        Files.createDirectories(directory.resolve("homes/ann/pub"));
        Files.createDirectories(directory.resolve("homes/bob"));
        Files.createDirectories(directory.resolve("shared"));
    }

    private Accounts accounts(String... folders) throws IOException, ConfigException {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("ann", "bob", "cid")) {
            text.append("ftpserver.user.%s.homedirectory=%s%n"
                    .formatted(name, Files.createDirectories(directory.resolve("homes/" + name))));
            text.append("ftpserver.user.%s.writepermission=true%n".formatted(name));
        }
        for (String folder : folders) {
            text.append("ftpserver.user.").append(folder).append('\n');
        }
        return Accounts.read(Files.writeString(directory.resolve("users.properties"), text));
    }

    private List<String> warnings(String... folders) throws IOException, ConfigException {
        return FolderWarnings.of(accounts(folders).all(), false);
    }

    @Test
    void saysNothingOfFoldersBesideHomes() throws IOException, ConfigException {
        assertThat(warnings("ann.folder./s=shared", "bob.folder./t=shared", "bob.folder./z=jar:file:///a.zip"))
                .isEmpty();
    }

    @Test
    void tellsOfFoldersThatAreMissingOncePerDirectory() throws IOException, ConfigException {
        Files.writeString(directory.resolve("file"), "");

        assertThat(warnings("ann.folder./s=missing", "bob.folder./t=missing,read-only", "cid.folder./f=file,readonly"))
                .hasSize(2)
                .anyMatch(
                        line -> line.startsWith(directory.resolve("missing") + ", a folder of ann, bob, is not there"))
                .anyMatch(
                        line -> line.startsWith(directory.resolve("file,readonly") + ", a folder of cid, is not there")
                                && line.contains("only ,read-only may stand behind it"));
    }

    @Test
    @Tag("attack")
    void warnsOfFoldersWithinTheHomesOfOthers() throws IOException, ConfigException {
        Files.setPosixFilePermissions(directory.resolve("shared"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createDirectories(directory.resolve("shared/deep"));

        assertThat(warnings(
                        "bob.folder./pub=homes/ann/pub,read-only",
                        "cid.folder./all=homes",
                        "ann.folder./d=shared/deep"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo(
                                        directory.resolve("homes/ann/pub") + ", a folder of bob, is within the home of"
                                                + " ann, who can put another directory in its place if they may write"),
                        line -> assertThat(line).contains("homes, a folder of cid, has the home of ann, bob in it"),
                        line -> assertThat(line).contains("homes, a folder of cid, has the account's own home in it"),
                        line -> assertThat(line).contains("may be written to by others (mode 777)", "a folder of ann"));
    }

    /** What begins with the same letters is no directory within. */
    @Test
    void looksAtAGroupsFolderOnceHoweverManyHaveIt() throws IOException, ConfigException {
        Files.createDirectories(directory.resolve("homes-of-others/dan"));

        assertThat(warnings(
                        "dan.homedirectory=homes-of-others/dan",
                        "dan.folder./all=homes",
                        "bob.folder./all=homes",
                        "cid.folder./in=homes/ann",
                        "ann.folder./of=homes-of-others/dan/new"))
                .filteredOn(line -> line.contains("has the home of"))
                .singleElement()
                .asString()
                .contains("homes, a folder of bob, dan, has the home of ann, bob, cid in it");
    }

    @Test
    @Tag("attack")
    void warnsOfFoldersThatAnAccountReachesByAnotherName() throws IOException, ConfigException {
        Files.createDirectories(directory.resolve("shared/deep"));
        Files.createSymbolicLink(directory.resolve("elsewhere"), directory.resolve("homes/bob"));

        assertThat(warnings(
                        "ann.folder./pub=homes/ann/pub",
                        "bob.folder./me=elsewhere,read-only",
                        "cid.folder./a=shared",
                        "cid.folder./b=shared",
                        "cid.folder./c=shared/deep",
                        "ann.folder./s=shared,read-only",
                        "ann.folder./t=shared/deep,read-only"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("pub, a folder of ann, is within the account's own home"),
                        line -> assertThat(line)
                                .contains("elsewhere, a folder of bob, is within the account's own home"),
                        line -> assertThat(line).contains("shared, a folder of cid, is within another one, "),
                        line -> assertThat(line).contains("deep, a folder of cid, is within another one, "));
    }

    @Test
    void saysWhatTheSandboxMakesOfAFolderThatIsMissing() throws IOException, ConfigException {
        assertThat(FolderWarnings.of(accounts("ann.folder./s=missing").all(), true))
                .singleElement()
                .asString()
                .contains("is not there", "made or mounted after the start", "process.sandbox-paths");
    }

    @Test
    void aStrictCheckOpensEach() throws IOException, ConfigException {
        List<Problem> problems =
                FolderAccess.problems(directory.resolve("users.properties"), accounts("ann.folder./s=missing"));

        assertThat(problems)
                .singleElement()
                .asString()
                .contains(directory.resolve("missing") + ", the folder /s of ann, can't be opened");
    }
}
