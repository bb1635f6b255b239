package dev.zeroftpd.storage.upload;

import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.ExtendedAttributes;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs on a file stays when an upload replaces it, with the kernel's confinement and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class ReplacementTest {

    /** {@code struct posix_acl_xattr}, version 2: rw- for the owner, r-- for user 77, the mask r--, nothing for others. */
    private static final byte[] ACCESS_LIST = bytes(
            2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 4, 0, 77, 0, 0, 0, 4, 0, 0, 0, -1, -1, -1, -1, 16, 0, 4, 0,
            -1, -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1);

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Uploads uploads;
    private Path file;

    @BeforeEach
    void openHome() throws IOException {
        uploads = uploads(HardLinks.KEEP);
        file = Files.writeString(home.resolve("f"), "the old content, which is longer");
    }

    private Uploads uploads(HardLinks hardLinks) {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        Storage storage = linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
        var settings =
                new UploadSettings(UploadMode.ATOMIC, 022, true, Duration.ofHours(1), WithoutQuit.NEW, hardLinks);
        PartialPlace place = new PartialPlace(storage, UploadContext.of(settings, false), home.toString());
        PartialFiles partials = new PartialFiles(place, PartialOwner.of("alice", Optional.empty()));
        return new Uploads(storage, partials, new ToldLengths());
    }

    @Test
    void keepsOwnerGroupAndPermissions() throws IOException {
        assumeTrue(isRoot());
        Files.setAttribute(file, "unix:uid", 33);
        Files.setAttribute(file, "unix:gid", 34);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Object inode = Files.getAttribute(file, "unix:ino");

        store("new");

        assertThat(file).hasContent("new");
        Map<String, Object> kept = Files.readAttributes(file, "unix:uid,gid,mode,ino");
        assertThat(kept).containsEntry("uid", 33).containsEntry("gid", 34).containsEntry("mode", 0100640);
        assertThat(kept.get("ino")).as("replaced in one step").isNotEqualTo(inode);
        assertThat(onDisk()).containsExactly("f");
    }

    @Test
    void whatOnlyItsOwnerMayReadIsHiddenWhileItComes() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        FileSink upload = uploads.store(path("/f"));

        for (String name : onDisk()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name))))
                    .isEqualTo("rw-------");
        }
        upload.complete();
    }

    @Test
    void keepsExtendedAttributes() throws IOException {
        UserDefinedFileAttributeView attributes = attributes(file);
        attributes.write("origin", ByteBuffer.wrap("camera 7".getBytes(UTF_8)));
        attributes.write("empty", ByteBuffer.allocate(0));

        store("new");

        assertThat(attributes(file).list()).containsExactlyInAnyOrder("origin", "empty");
        assertThat(attribute("user.origin")).isEqualTo("camera 7".getBytes(UTF_8));
    }

    /** The JDK has no view of these, so a provider can't keep them. */
    @Test
    void keepsTheAccessListAndNoneThatTheDirectoryWouldGive() throws IOException {
        assumeTrue(linux);
        Path other = Files.writeString(home.resolve("other"), "old");
        setAttribute(file, "system.posix_acl_access", ACCESS_LIST);
        setAttribute(home, "system.posix_acl_default", ACCESS_LIST);

        store("new");
        upload("/other", "new");

        assertThat(attribute("system.posix_acl_access")).isEqualTo(ACCESS_LIST);
        assertThat(names(other)).doesNotContain("system.posix_acl_access");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void givesNoPrivilegesToNewBytes() throws IOException {
        Files.setAttribute(file, "unix:mode", 06755);

        store("new");
        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100755);

        Files.setAttribute(file, "unix:mode", 06755);
        Files.createLink(home.resolve("g"), file);
        store("newer");
        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100755);
    }

    @Test
    void writesForAllNamesOfAFile() throws IOException {
        Path another = Files.createLink(home.resolve("another"), file);

        store("new");

        assertThat(another).hasContent("new");
        assertThat(Files.isSameFile(file, another)).isTrue();
        assertThat(onDisk()).containsExactly("another", "f");
    }

    @Test
    void writesForOneNameIfThatIsWanted() throws IOException {
        Path another = Files.createLink(home.resolve("another"), file);
        uploads = uploads(HardLinks.BREAK);

        store("new");

        assertThat(file).hasContent("new");
        assertThat(another).hasContent("the old content, which is longer");
    }

    @Test
    void writesThroughASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("f"));

        upload("/link", "new");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
        assertThat(onDisk()).containsExactly("f", "link");
    }

    private void store(String content) throws IOException {
        upload("/f", content);
    }

    private void upload(String name, String content) throws IOException {
        FileSink upload = uploads.store(path(name));
        upload.channel().write(ByteBuffer.wrap(content.getBytes(UTF_8)));
        upload.complete();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static UserDefinedFileAttributeView attributes(Path of) {
        return Files.getFileAttributeView(of, UserDefinedFileAttributeView.class);
    }

    private byte[] attribute(String name) {
        return withOpen(file, opened -> ExtendedAttributes.value(opened, name)).orElseThrow();
    }

    private static List<String> names(Path of) {
        return withOpen(of, ExtendedAttributes::names).orElseThrow();
    }

    private static void setAttribute(Path of, String name, byte[] value) {
        boolean set = withOpen(of, opened -> ExtendedAttributes.set(opened, name, value));
        assumeTrue(set, "this file system has no such thing");
    }

    private static <T> T withOpen(Path path, Function<Descriptor, T> question) {
        try (Descriptor opened = new Descriptor((int) LinuxFiles.open(path.toString(), LinuxFiles.O_PATH))) {
            return question.apply(opened);
        }
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(found -> found.getFileName().toString()).sorted().toList();
        }
    }
}
