package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What RNTO does to files. */
@EnabledOnOs(OS.LINUX)
class RenamesTest {

    /** A file system in memory that every Linux has: another one than that of temporary files. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path home;

    private SessionFileSystem session;

    @BeforeEach
    void openHome() throws FtpException {
        session = session(true);
    }

    private SessionFileSystem session(boolean overwrites) throws FtpException {
        BaseUser user = new BaseUser();
        user.setName("anna");
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        return new HomeFileSystemFactory(
                        new StorageSettings(SymlinkPolicy.FOLLOW, LinkListing.LINK, overwrites),
                        TestSettings.DEFAULTS.upload(),
                        TestSettings.DEFAULTS.transfer(),
                        HomeOptions.DEFAULTS)
                .createFileSystemView(user);
    }

    @Test
    void aFileTakesTheNameOfAnother() throws IOException {
        write("new", "new");
        write("old", "old");

        assertThat(session.rename(path("/new"), path("/old"))).isEmpty();

        assertThat(home.resolve("old")).hasContent("new");
        assertThat(home.resolve("new")).doesNotExist();
    }

    /** Another session may have put something else there meanwhile. */
    @Test
    void onlyWhatWasSeenIsMoved() throws IOException, FtpException {
        for (String name : List.of("file", "directory", "link")) {
            write("file", "mine");
            Files.createDirectories(home.resolve("directory"));
            Files.createSymbolicLink(home.resolve("link"), Path.of("file"));
            VirtualPath seen = path("/" + name);
            session.beginRename(seen);
            Files.move(home.resolve(name), home.resolve("mine"));
            write(name, "another's");

            assertThatThrownBy(() -> session.rename(seen, path("/moved")))
                    .hasMessage(seen + ": is no longer the one that RNFR named; send RNFR again");
            assertThat(home.resolve(name)).hasContent("another's");

            session.beginRename(seen);
            assertThat(session.rename(seen, path("/moved"))).isEmpty();
            assertThat(home.resolve("moved")).hasContent("another's");
            for (String left : names(home)) {
                Files.delete(home.resolve(left));
            }
        }
    }

    @Test
    void aFileReplacesNoOtherWhereTheAdministratorSaysSo() throws IOException, FtpException {
        write("new", "new");
        write("old", "old");

        assertThatThrownBy(() -> session(false).rename(path("/new"), path("/old")))
                .hasMessageContaining("doesn't let RNTO replace");
        assertThat(home.resolve("old")).hasContent("old");
    }

    @Test
    void noDirectoryIsReplacedAndNoneReplaces() throws IOException {
        write("f", "f");
        Files.createDirectory(home.resolve("d"));
        Files.createDirectory(home.resolve("empty"));

        assertRefused(Kind.EXISTS, () -> session.rename(path("/f"), path("/empty")));
        assertRefused(Kind.EXISTS, () -> session.rename(path("/d"), path("/empty")));
        assertRefused(Kind.EXISTS, () -> session.rename(path("/d"), path("/f")));
        assertThat(home.resolve("f")).hasContent("f");
        assertThat(home.resolve("empty")).isDirectory();
    }

    @Test
    void aDirectoryStaysOutOfItself() throws IOException {
        Files.createDirectories(home.resolve("d/e"));
        Files.createSymbolicLink(home.resolve("link"), Path.of("d/e"));

        for (String below : List.of("/d/x", "/d/e/x", "/link/x")) {
            assertThatThrownBy(() -> session.rename(path("/d"), path(below)))
                    .hasMessageStartingWith(below + ": a directory can't be moved into itself");
        }
    }

    @Test
    void aFileThatIsRenamedToItselfStays() throws IOException {
        write("f", "f");
        Files.createDirectory(home.resolve("d"));
        Files.createSymbolicLink(home.resolve("d/up"), Path.of(".."));
        Files.createLink(home.resolve("g"), home.resolve("f"));

        session.rename(path("/f"), path("/f"));
        session.rename(path("/f"), path("/d/up/f"));
        assertThat(home.resolve("f")).hasContent("f");

        session.rename(path("/f"), path("/g"));
        assertThat(home.resolve("g")).hasContent("f");
        assertThat(home.resolve("f")).doesNotExist();
    }

    @Test
    void aLinkIsReplacedAndMovedItself() throws IOException {
        write("f", "f");
        write("target", "target");
        Files.createSymbolicLink(home.resolve("link"), Path.of("target"));
        Files.createSymbolicLink(home.resolve("dangling"), Path.of("none"));

        session.rename(path("/dangling"), path("/moved"));
        assertThat(Files.isSymbolicLink(home.resolve("moved"))).isTrue();

        session.rename(path("/f"), path("/link"));
        assertThat(Files.isSymbolicLink(home.resolve("link"))).isFalse();
        assertThat(home.resolve("target")).hasContent("target");
    }

    @Test
    void whatAnUploadWritesToIsNotReplaced() throws IOException, FtpException {
        write("f", "f");
        write("log", "one");
        FileSink appending = session.uploads(VirtualPath.ROOT).append(path("/log"));

        assertRefused(Kind.BUSY, () -> session.rename(path("/f"), path("/log")));

        appending.channel().write(ByteBuffer.wrap(new byte[] {'!'}));
        appending.complete();
        assertThat(home.resolve("log")).hasContent("one!");
        session.rename(path("/f"), path("/log"));
    }

    @Test
    void aFileMovesToAnotherFileSystemWithWhatBelongsToIt() throws IOException {
        Path elsewhere = linkToAnotherFileSystem();
        try {
            Path file = write("f", "x".repeat(100_000));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
            Files.writeString(elsewhere.resolve("f"), "old");

            try (FileMove move = session.rename(path("/f"), path("/other/f")).orElseThrow()) {
                assertThat(elsewhere.resolve("f")).hasContent("old");
                assertThat(move.goOn(() -> false)).isFalse();
                move.finish();
            }

            assertThat(elsewhere.resolve("f")).hasContent("x".repeat(100_000));
            assertThat(Files.getLastModifiedTime(elsewhere.resolve("f")).toInstant())
                    .isEqualTo("2001-02-03T04:05:06Z");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.resolve("f"))))
                    .isEqualTo("rw-r-----");
            assertThat(file).doesNotExist();
            assertThat(names(elsewhere)).containsExactly("f");
        } finally {
            remove(elsewhere);
        }
    }

    @Test
    void aMoveThatIsGivenUpOrWhoseFileChangesLeavesEverythingAsItWas() throws IOException {
        Path elsewhere = linkToAnotherFileSystem();
        try {
            write("f", "first");
            try (FileMove move = session.rename(path("/f"), path("/other/f")).orElseThrow()) {
                assertThatThrownBy(() -> move.goOn(() -> true)).hasMessageContaining("aborted");
            }
            try (FileMove move = session.rename(path("/f"), path("/other/f")).orElseThrow()) {
                move.goOn(() -> false);
                write("f", "longer than it was");
                assertRefused(Kind.BUSY, move::finish);
            }
            assertThat(home.resolve("f")).hasContent("longer than it was");
            assertThat(names(elsewhere)).isEmpty();
        } finally {
            remove(elsewhere);
        }
    }

    @Test
    void noFileMovesAwayWhileAnUploadWritesToIt() throws IOException, FtpException {
        Path elsewhere = linkToAnotherFileSystem();
        try {
            write("f", "one");
            Files.createLink(home.resolve("g"), home.resolve("f"));
            for (String name : List.of("/f", "/g")) {
                FileSink appending = session.uploads(VirtualPath.ROOT).append(path(name));
                assertRefused(Kind.BUSY, () -> session.rename(path("/f"), path("/other/f")));
                appending.complete();
            }
            session.rename(path("/f"), path("/other/f")).orElseThrow().close();
            assertThat(home.resolve("f")).hasContent("one");
            assertThat(names(elsewhere)).isEmpty();
        } finally {
            remove(elsewhere);
        }
    }

    @Test
    void noUploadWritesToEitherEndOfAMove() throws IOException, FtpException {
        Path elsewhere = linkToAnotherFileSystem();
        try {
            write("f", "one");
            Files.createSymbolicLink(home.resolve("g"), Path.of("f"));
            Files.writeString(elsewhere.resolve("f"), "old");
            Files.createLink(elsewhere.resolve("g"), elsewhere.resolve("f"));
            try (FileMove move = session.rename(path("/f"), path("/other/f")).orElseThrow()) {
                for (String name : List.of("/f", "/g", "/other/f", "/other/g")) {
                    assertRefused(
                            Kind.BUSY, () -> session.uploads(VirtualPath.ROOT).append(path(name)));
                }
                move.goOn(() -> false);
                move.finish();
            }
            FileSink appending = session.uploads(VirtualPath.ROOT).append(path("/other/f"));
            appending.channel().write(ByteBuffer.wrap(new byte[] {'!'}));
            appending.complete();
            assertThat(elsewhere.resolve("f")).hasContent("one!");
            assertThat(home.resolve("f")).doesNotExist();
        } finally {
            remove(elsewhere);
        }
    }

    @Test
    void onlyPlainFilesMoveToAnotherFileSystem() throws IOException {
        Path elsewhere = linkToAnotherFileSystem();
        try {
            Files.createDirectory(home.resolve("d"));
            assertThatThrownBy(() -> session.rename(path("/d"), path("/other/d")))
                    .hasMessageContaining("to which only plain files can be moved");
        } finally {
            remove(elsewhere);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private Path linkToAnotherFileSystem() throws IOException {
        assumeTrue(Files.isWritable(SHARED_MEMORY)
                && !Files.getFileStore(SHARED_MEMORY).equals(Files.getFileStore(home)));
        Path elsewhere = Files.createTempDirectory(SHARED_MEMORY, "zeroftpd");
        Files.createSymbolicLink(home.resolve("other"), elsewhere);
        return elsewhere;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static void remove(Path directory) throws IOException {
        for (String name : names(directory)) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
    }
}
