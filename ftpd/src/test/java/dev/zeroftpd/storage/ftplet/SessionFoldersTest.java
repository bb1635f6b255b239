package dev.zeroftpd.storage.ftplet;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.upload.StartPosition;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a session has of its account's folders, also when they change meanwhile. */
@EnabledOnOs(OS.LINUX)
class SessionFoldersTest {

    /** A file system in memory that every Linux has: another one than that of temporary files. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path directory;

    private Path home;
    private Path shared;

    /** What an edit of the accounts replaces. */
    private final Edited accounts = new Edited();

    private static final class Edited implements FolderSource {

        private volatile List<Choice> folders = List.of();

        @Override
        public List<Choice> of(User account) {
            return folders;
        }

        void use(Choice... choices) {
            folders = List.of(choices);
        }
    }

    @BeforeEach
    void makeDirectories() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        shared = Files.createDirectory(directory.resolve("shared"));
    }

    private User anna(boolean writes) {
        BaseUser user = new BaseUser();
        user.setName("anna");
        user.setHomeDirectory(home.toString());
        user.setAuthorities(writes ? List.of(new WritePermission()) : List.of());
        return user;
    }

    private void edit(SessionFileSystem session, FolderSource.Choice... folders) {
        accounts.use(folders);
        session.use(anna(true));
    }

    private SessionFileSystem session() throws FtpException {
        return new HomeFileSystemFactory(
                        TestSettings.DEFAULTS.storage(),
                        TestSettings.DEFAULTS.upload(),
                        TestSettings.DEFAULTS.transfer(),
                        HomeOptions.DEFAULTS,
                        accounts,
                        LimitedHomes.NONE)
                .createFileSystemView(anna(true))
                .forClientAt(InetAddress.getLoopbackAddress());
    }

    private static FolderSource.Choice choice(String at, Path root, boolean readOnly) {
        return new FolderSource.Choice(path(at), root.toString(), readOnly);
    }

    private static void write(FileSink sink, String text) throws IOException {
        sink.channel().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static List<String> onDisk(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aHomeWithoutFoldersIsServedAlone() throws Exception {
        SessionFileSystem session = session();

        assertThat(session.storage()).isInstanceOf(LinuxStorage.class);
        Storage first = session.storage();
        edit(session);
        session.resolve("f");
        assertThat(session.storage()).isSameAs(first);
    }

    @Test
    void anEditHoldsFromTheNextUseOn() throws Exception {
        SessionFileSystem session = session();
        assertRefused(Kind.NOT_FOUND, () -> session.changeWorkingDirectory(path("/shared")));

        edit(session, choice("/shared", shared, false));
        session.changeWorkingDirectory(path("/shared"));
        assertThat(session.permissions(path("/shared/f"))).isEqualTo(Permission.ALL);

        edit(session, choice("/shared", shared, true));
        assertThat(session.permissions(path("/shared/f"))).isEqualTo(Permission.READ);
        assertThat(session.refusal(path("/shared/f")))
                .hasMessage("/shared/f: nothing can be changed there: it is read-only");
        assertThat(session.permissions(path("/f"))).isEqualTo(Permission.ALL);
        assertThat(session.shownPermissions(path("/shared"))).isEqualTo(Permission.READ);

        edit(session);
        assertThat(session.workingDirectoryPath()).isEqualTo(path("/shared"));
        session.resolve("");
        assertRefused(Kind.NOT_FOUND, () -> session.metadata(path("/shared"), false));
    }

    /** An edit that takes rights away and adds a folder, in the midst of a command that was allowed before. */
    @Test
    @Tag("attack")
    void whatWasAllowedBeforeAnEditIsNotDoneInANewFolder() throws Exception {
        SessionFileSystem session = session();
        assertThat(session.permissions(path("/shared/f"))).isEqualTo(Permission.ALL);

        accounts.use(choice("/shared", shared, false));
        session.use(anna(false));

        session.getFile("/shared/f");
        assertRefused(Kind.NOT_FOUND, () -> session.storage().createDirectory(path("/shared/f")));
        assertRefused(Kind.NOT_FOUND, () -> session.uploads(path("/shared/f")).store(path("/shared/f")));
        assertThat(onDisk(shared)).isEmpty();
        assertThat(session.permissions(path("/shared/f"))).isEqualTo(Permission.READ);
        assertThat(session.metadata(path("/shared"), false).isDirectory()).isTrue();
    }

    @Test
    void anotherAccountChangesNothing() throws Exception {
        SessionFileSystem session = session();
        BaseUser bob = new BaseUser();
        bob.setName("bob");
        session.use(bob);

        assertThat(session.permissions(path("/f"))).isEqualTo(Permission.ALL);
    }

    @Test
    void nothingIsUploadedInThePlaceOfAFolderThatIsGone() throws Exception {
        accounts.use(choice("/shared", shared, false));
        SessionFileSystem session = session();
        Files.delete(shared);

        assertRefused(Kind.NOT_PERMITTED, () -> session.uploads(path("/shared")).store(path("/shared")));
        assertThat(onDisk(home)).isEmpty();
    }

    @Test
    void anUploadEndsWhereItBegan() throws Exception {
        accounts.use(choice("/shared", shared, false));
        SessionFileSystem session = session();
        FileSink upload = session.uploads(path("/shared/f")).store(path("/shared/f"));
        write(upload, "whole");

        edit(session, choice("/shared", Files.createDirectory(directory.resolve("other")), false));
        session.resolve("");
        upload.complete();

        assertThat(shared.resolve("f")).hasContent("whole");
        assertThat(onDisk(directory.resolve("other"))).isEmpty();
    }

    /** The partial is beside its file, in the folder, and found again there. */
    @Test
    void aBrokenUploadIsContinuedInItsFolder() throws Exception {
        accounts.use(choice("/shared", shared, false));
        SessionFileSystem session = session();
        FileSink broken = session.uploads(path("/shared/f")).store(path("/shared/f"));
        write(broken, "be");
        broken.interrupt(new Outcome.PeerClosed("Connection reset"));

        assertThat(onDisk(shared)).hasSize(1);
        assertThat(onDisk(home)).isEmpty();
        assertThat(session.metadata(path("/shared/f"), true).size()).isEqualTo(2);
        try (DirectoryListing listing = session.list(path("/shared"), true)) {
            assertThat(listing.next().orElseThrow().name()).isEqualTo("f");
        }
        FileSink rest = session.uploads(path("/shared/f")).storeFrom(path("/shared/f"), StartPosition.bytes(2));
        write(rest, "gun");
        rest.complete();
        assertThat(shared.resolve("f")).hasContent("begun");
        assertThat(onDisk(shared)).containsExactly("f");
    }

    @Test
    void aFileIsMovedBetweenFoldersOfOneFileSystemAndCopiedToNoOther() throws Exception {
        assumeTrue(Files.isDirectory(SHARED_MEMORY)
                && !Files.getFileStore(SHARED_MEMORY).equals(Files.getFileStore(directory)));
        Path memory = Files.createTempDirectory(SHARED_MEMORY, "folder");
        try {
            accounts.use(choice("/shared", shared, false), choice("/memory", memory, false));
            SessionFileSystem session = session();
            Files.writeString(home.resolve("f"), "moved");

            session.beginRename(path("/f"));
            assertThat(session.rename(path("/f"), path("/shared/f"))).isEmpty();
            session.beginRename(path("/shared/f"));
            assertThatThrownBy(() -> session.rename(path("/shared/f"), path("/memory/f")))
                    .hasMessage("/memory/f: is on another file system; download it and upload it there instead");

            assertThat(shared.resolve("f")).hasContent("moved");
            assertThat(onDisk(memory)).isEmpty();
        } finally {
            Files.delete(memory);
        }
    }

    @Test
    void ftpletsSeeWhereAFolderIs() throws Exception {
        Files.writeString(shared.resolve("f"), "x");
        accounts.use(choice("/shared", shared, true));
        SessionFileSystem session = session();

        assertThat(session.getFile("/shared/f").getPhysicalFile())
                .isEqualTo(shared.resolve("f").toFile());
        assertThat(session.getFile("/shared/f").isWritable()).isFalse();
        assertThat(session.getFile("/shared/f").delete()).isFalse();
        FtpFile folder = session.getHomeDirectory().listFiles().getFirst();
        assertThat(folder.getAbsolutePath()).isEqualTo("/shared");
        assertThat((File) folder.getPhysicalFile()).isEqualTo(shared.toFile());
    }

    @Test
    void aFolderMayBeAZipFileAndKeepsNoOneOutWhereThatIsMissing() throws Exception {
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(archive.getPath("/f"), "zipped");
        }
        accounts.use(
                new FolderSource.Choice(path("/zip"), zip.toString(), true),
                new FolderSource.Choice(path("/none"), "jar:file:///none/there.zip", true));
        SessionFileSystem session = session();

        assertThat(session.metadata(path("/zip/f"), false).size()).isEqualTo(6);
        assertThatThrownBy(() -> session.changeWorkingDirectory(path("/none")))
                .hasMessage("/none: can't be opened at the moment; log in again later");
        session.dispose();
    }

    /** Its provider may hang. */
    @Test
    void aFolderElsewhereIsOpenedOnceSomebodyLooksAndNeverAfterTheEnd() throws Exception {
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        accounts.use(new FolderSource.Choice(path("/zip"), zip.toString(), true));
        SessionFileSystem looks = session();
        SessionFileSystem idle = session();
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(archive.getPath("/f"), "zipped");
        }

        assertThat(looks.permissions(path("/zip/f"))).isEqualTo(Permission.READ);
        assertThatThrownBy(() -> FileSystems.getFileSystem(zip)).isInstanceOf(FileSystemNotFoundException.class);
        assertThat(looks.metadata(path("/zip/f"), false).size()).isEqualTo(6);
        assertThat(FileSystems.getFileSystem(zip).isOpen()).isTrue();

        looks.dispose();
        assertThatThrownBy(() -> FileSystems.getFileSystem(zip)).isInstanceOf(FileSystemNotFoundException.class);
        idle.dispose();
        assertRefused(Kind.NOT_PERMITTED, () -> idle.metadata(path("/zip/f"), false));
        edit(idle, new FolderSource.Choice(path("/later"), zip.toString(), true));
        assertRefused(Kind.NOT_FOUND, () -> idle.changeWorkingDirectory(path("/later")));
        assertThatThrownBy(() -> FileSystems.getFileSystem(zip)).isInstanceOf(FileSystemNotFoundException.class);
    }
}
