package dev.zeroftpd.storage.ftplet;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.upload.StartPosition;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFileSystemFactoryTest {

    @TempDir
    Path directory;

    @Test
    void aHomeMayBeAZipFile() throws Exception {
        String home = "jar:" + directory.resolve("new.zip").toUri();
        HomeFileSystemFactory factory = factory(new HomeOptions(true, false));
        SessionFileSystem writing = factory.createFileSystemView(writer(home));
        writing.storage().createDirectory(path("/d"));
        try (WritableFile file = writing.storage().openForWriting(path("/d/f"), WriteMode.CREATE_NEW, 0)) {
            file.channel().write(ByteBuffer.wrap("zipped".getBytes(UTF_8)));
        }
        writing.dispose();
        writing.dispose();

        SessionFileSystem reading = factory.createFileSystemView(reader(home));
        try (FileSource source = reading.storage().openForReading(path("/d/f"))) {
            assertThat(contentFrom(source, 0)).isEqualTo("zipped");
            assertThat(contentFrom(source, 3)).isEqualTo("ped");
            assertThat(source.way().describe()).isEqualTo("streamed: other file system provider");
        }
        assertThat(reading.getHomeDirectory().listFiles())
                .extracting(FtpFile::getName)
                .isEqualTo(List.of("d"));
        assertRefused(Kind.INVALID_NAME, () -> reading.storage().metadata(path("/d\\f")));
        reading.dispose();
    }

    /** Zip files have no permissions, no space to reserve, no file that can be changed where it is. */
    @Test
    @Tag("attack")
    void filesAreUploadedToAZipFileWholeAsToAnyHome() throws Exception {
        String home = "jar:" + directory.resolve("uploads.zip").toUri();
        HomeFileSystemFactory factory = factory(new HomeOptions(true, false));
        SessionFileSystem writing = factory.createFileSystemView(writer(home));
        upload(writing.uploads(VirtualPath.ROOT).store(path("/f")), "first");
        upload(writing.uploads(VirtualPath.ROOT).store(path("/f")), "second");
        upload(writing.uploads(VirtualPath.ROOT).append(path("/log")), "begun");
        upload(writing.uploads(VirtualPath.ROOT).storeNew(path("/unique")).orElseThrow(), "new");
        upload(writing.uploads(VirtualPath.ROOT).append(path("/log")), " and ended");
        upload(writing.uploads(VirtualPath.ROOT).storeFrom(path("/f"), StartPosition.bytes(3)), "ret");
        writing.uploads(VirtualPath.ROOT).store(path("/f")).interrupt(new Outcome.PeerClosed("Connection reset"));
        writing.dispose();

        SessionFileSystem reading = factory.createFileSystemView(reader(home));
        assertThat(reading.getHomeDirectory().listFiles())
                .extracting(FtpFile::getName)
                .isEqualTo(List.of("f", "log", "unique"));
        assertThat(read(reading.getFile("f"), 0)).isEqualTo("secret");
        assertThat(read(reading.getFile("log"), 0)).isEqualTo("begun and ended");
        assertThat(read(reading.getFile("unique"), 0)).isEqualTo("new");
        reading.dispose();
    }

    private static void upload(FileSink upload, String content) throws IOException {
        upload.channel().write(ByteBuffer.wrap(content.getBytes(UTF_8)));
        upload.complete();
    }

    @Test
    void sessionsShareAZipFileUntilTheLastLeaves() throws Exception {
        String home = "jar:" + directory.resolve("shared.zip").toUri();
        HomeFileSystemFactory factory = factory(new HomeOptions(true, false));
        SessionFileSystem first = factory.createFileSystemView(reader(home));
        SessionFileSystem second = factory.createFileSystemView(reader(home));

        first.dispose();

        assertThat(second.storage().metadata(VirtualPath.ROOT).isDirectory()).isTrue();
        second.dispose();
        assertThatThrownBy(() -> second.storage().metadata(VirtualPath.ROOT)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aHomeMayBeOnAFileSystemThatTheEmbedderOpened() throws Exception {
        try (FileSystem memory = Jimfs.newFileSystem("homes", Configuration.unix())) {
            Path home = Files.createDirectory(memory.getPath("/anna"));
            Files.writeString(home.resolve("f"), "in memory");
            SessionFileSystem session = factory(HomeOptions.DEFAULTS)
                    .createFileSystemView(reader(home.toUri().toString()));

            assertThat(session.getFile("f").getSize()).isEqualTo(9);
            assertThat(session.getFile("f").getPhysicalFile()).isEqualTo(path("/f"));
            session.dispose();
            assertThat(memory.isOpen()).isTrue();
        }
    }

    @Test
    void aHomeIsCreatedOnlyWhereAskedFor() throws Exception {
        Path home = directory.resolve("a/b");

        assertThatThrownBy(() -> factory(HomeOptions.DEFAULTS).createFileSystemView(reader(home.toString())))
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("not a directory");
        factory(new HomeOptions(true, false)).createFileSystemView(reader(home.toString()));

        assertThat(home).isDirectory();
    }

    @Test
    void aHomeThatIsNoUriOfAnyProviderIsRefused() {
        assertThatThrownBy(() -> factory(HomeOptions.DEFAULTS).createFileSystemView(reader("nosuch://bucket/")))
                .isInstanceOf(FtpException.class);
    }

    @Test
    void theWorkingDirectoryMovesOnlyIntoDirectories() throws Exception {
        Files.createDirectories(directory.resolve("a/b"));
        Files.createFile(directory.resolve("file"));
        SessionFileSystem session = factory(HomeOptions.DEFAULTS).createFileSystemView(reader(directory.toString()));

        assertThat(session.changeWorkingDirectory("a/b")).isTrue();
        assertThat(session.changeWorkingDirectory("/file")).isFalse();
        assertThat(session.changeWorkingDirectory("absent")).isFalse();
        assertThat(session.changeWorkingDirectory("a\nb")).isFalse();
        assertThat(session.workingDirectoryPath()).isEqualTo(path("/a/b"));
        assertThat(session.resolve("../c")).isEqualTo(path("/a/c"));
        assertThat(session.getWorkingDirectory().getAbsolutePath()).isEqualTo("/a/b");
        assertThat(session.changeWorkingDirectory("../../../..")).isTrue();
        assertThat(session.workingDirectoryPath()).isEqualTo(VirtualPath.ROOT);
    }

    @Test
    void namesMatchInAnyCaseWhereAskedFor() throws Exception {
        Files.createDirectories(directory.resolve("Music"));
        Files.writeString(directory.resolve("Music/Song.MP3"), "la");
        SessionFileSystem session =
                factory(new HomeOptions(false, true)).createFileSystemView(reader(directory.toString()));

        assertThat(session.resolve("music/song.mp3")).isEqualTo(path("/Music/Song.MP3"));
        assertThat(session.resolve("MUSIC/New.Txt")).isEqualTo(path("/Music/New.Txt"));
        assertThat(session.getFile("MUSIC/SONG.mp3").doesExist()).isTrue();
    }

    @Test
    void onlyAccountsWithWritePermissionChangeAnything() throws Exception {
        Files.writeString(directory.resolve("f"), "x");
        SessionFileSystem session = factory(HomeOptions.DEFAULTS).createFileSystemView(reader(directory.toString()));
        FtpFile file = session.getFile("f");

        assertThat(file.isReadable()).isTrue();
        assertThat(file.isWritable()).isFalse();
        assertThat(file.isRemovable()).isFalse();
        assertThat(file.delete()).isFalse();
        assertThat(file.setLastModified(0)).isFalse();
        assertThat(file.move(session.getFile("g"))).isFalse();
        assertThat(session.getFile("d").mkdir()).isFalse();
        assertRefused(Kind.NOT_PERMITTED, () -> file.createOutputStream(0));
        assertThat(session.permissions(path("/f"))).isEqualTo(Permission.READ);
        assertThat(directory.resolve("f")).hasContent("x");
    }

    @Test
    void takesUpEditsOfItsOwnAccountOnly() throws Exception {
        SessionFileSystem session = factory(HomeOptions.DEFAULTS).createFileSystemView(reader(directory.toString()));
        BaseUser other = writer(directory.toString());
        other.setName("bob");

        session.use(other);
        assertThat(session.permissions(path("/f"))).isEqualTo(Permission.READ);
        session.use(writer(directory.toString()));
        assertThat(session.permissions(path("/f"))).isEqualTo(Permission.ALL);
    }

    @Test
    void theServersOwnCommandsCanUseItsFiles() throws Exception {
        SessionFileSystem session = factory(HomeOptions.DEFAULTS).createFileSystemView(writer(directory.toString()));
        FtpFile file = session.getFile("d/f");

        assertThat(session.getFile("d").mkdir()).isTrue();
        assertThat(file.isWritable()).isTrue();
        try (OutputStream out = file.createOutputStream(0)) {
            out.write("hello world".getBytes(UTF_8));
        }
        assertThat(file).isInstanceOf(NativeFtpFile.class);
        assertThat(file.getSize()).isEqualTo(11);
        assertThat(read(file, 6)).isEqualTo("world");
        assertThat(file.move(session.getFile("d/g"))).isTrue();
        assertThat(session.getFile("d").listFiles())
                .extracting(FtpFile::getAbsolutePath)
                .isEqualTo(List.of("/d/g"));
        assertThat(session.getFile("d").delete()).isFalse();
        assertThat(session.getFile("d/g").delete()).isTrue();
        assertThat(session.getFile("d").delete()).isTrue();
        assertThat(session.getHomeDirectory().delete()).isFalse();
    }

    private static String read(FtpFile file, long offset) throws IOException {
        try (InputStream in = file.createInputStream(offset)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static HomeFileSystemFactory factory(HomeOptions options) {
        return new HomeFileSystemFactory(
                TestSettings.DEFAULTS.storage(),
                TestSettings.DEFAULTS.upload(),
                TestSettings.DEFAULTS.transfer(),
                options);
    }

    private static BaseUser reader(String home) {
        BaseUser user = new BaseUser();
        user.setName("anna");
        user.setHomeDirectory(home);
        return user;
    }

    private static BaseUser writer(String home) {
        BaseUser user = reader(home);
        user.setAuthorities(List.of(new WritePermission()));
        return user;
    }
}
