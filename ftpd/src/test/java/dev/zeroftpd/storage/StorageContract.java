package dev.zeroftpd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every home must do, whatever file system it is on. */
public interface StorageContract {

    Storage storage();

    /** The home, as somebody outside FTP sees it. */
    Path home();

    @Test
    default void readsWhatIsThereFromAnyOffset() throws IOException {
        Files.writeString(home().resolve("a b.txt"), "hello world");

        try (FileSource source = storage().openForReading(path("/a b.txt"))) {
            assertThat(source.size()).isEqualTo(11);
            assertThat(contentFrom(source, 0)).isEqualTo("hello world");
            assertThat(contentFrom(source, 6)).isEqualTo("world");
            assertThat(contentFrom(source, 11)).isEmpty();
            assertThat(source.change()).isEqualTo(FileSource.Change.UNCHANGED);
        }
    }

    @Test
    default void refusesToReadWhatIsNoFile() throws IOException {
        Files.createDirectory(home().resolve("directory"));

        assertRefused(Kind.NOT_A_FILE, () -> storage().openForReading(path("/directory")));
        assertRefused(Kind.NOT_A_FILE, () -> storage().openForReading(VirtualPath.ROOT));
        assertRefused(Kind.NOT_FOUND, () -> storage().openForReading(path("/absent")));
        assertRefused(Kind.NOT_FOUND, () -> storage().openForReading(path("/absent/below")));
    }

    @Test
    default void writesInEachMode() throws IOException {
        write("/f", WriteMode.CREATE_NEW, 0, "0123456789");
        assertThat(content("f")).isEqualTo("0123456789");

        write("/f", WriteMode.AT_OFFSET, 4, "ab");
        assertThat(content("f")).isEqualTo("0123ab6789");

        write("/f", WriteMode.APPEND, 0, "!");
        assertThat(content("f")).isEqualTo("0123ab6789!");

        write("/f", WriteMode.CREATE_OR_TRUNCATE, 0, "x");
        assertThat(content("f")).isEqualTo("x");

        write("/g", WriteMode.APPEND, 0, "new");
        assertThat(content("g")).isEqualTo("new");
    }

    @Test
    default void neverOverwritesWhereAskedNotTo() throws IOException {
        Files.writeString(home().resolve("f"), "old");
        Files.createDirectory(home().resolve("d"));

        assertRefused(Kind.EXISTS, () -> storage().openForWriting(path("/f"), WriteMode.CREATE_NEW, 0));
        assertRefused(Kind.NOT_A_FILE, () -> storage().openForWriting(path("/d"), WriteMode.CREATE_OR_TRUNCATE, 0));
        assertRefused(Kind.NOT_FOUND, () -> storage().openForWriting(path("/no/f"), WriteMode.CREATE_NEW, 0));
        assertThat(content("f")).isEqualTo("old");
    }

    @Test
    default void makesAndRemovesDirectories() throws IOException {
        storage().createDirectory(path("/d"));
        storage().createDirectory(path("/d/e"));

        assertThat(storage().metadata(path("/d/e")).isDirectory()).isTrue();
        assertRefused(Kind.EXISTS, () -> storage().createDirectory(path("/d")));
        assertRefused(Kind.EXISTS, () -> storage().createDirectory(VirtualPath.ROOT));
        assertRefused(Kind.NOT_FOUND, () -> storage().createDirectory(path("/no/d")));
        assertRefused(Kind.NOT_EMPTY, () -> storage().removeDirectory(path("/d")));
        assertRefused(Kind.NOT_A_FILE, () -> storage().delete(path("/d")));
        storage().removeDirectory(path("/d/e"));
        storage().removeDirectory(path("/d"));
        assertRefused(Kind.NOT_FOUND, () -> storage().removeDirectory(path("/d")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage().removeDirectory(VirtualPath.ROOT));
    }

    @Test
    default void deletesFilesOnly() throws IOException {
        Files.writeString(home().resolve("f"), "x");

        assertRefused(Kind.NOT_A_DIRECTORY, () -> storage().removeDirectory(path("/f")));
        storage().delete(path("/f"));

        assertThat(home().resolve("f")).doesNotExist();
        assertRefused(Kind.NOT_FOUND, () -> storage().delete(path("/f")));
    }

    @Test
    default void renamesWithoutOverwritingAndReplacesWhenAsked() throws IOException {
        Files.writeString(home().resolve("a"), "a");
        Files.writeString(home().resolve("b"), "b");

        assertRefused(Kind.EXISTS, () -> storage().rename(path("/a"), path("/b")));
        assertRefused(Kind.NOT_FOUND, () -> storage().rename(path("/absent"), path("/c")));
        storage().rename(path("/a"), path("/c"));
        storage().replace(path("/c"), path("/b"));

        assertThat(content("b")).isEqualTo("a");
        assertThat(home().resolve("a")).doesNotExist();
        assertThat(home().resolve("c")).doesNotExist();
    }

    @Test
    default void setsAndTellsTheModificationTime() throws IOException {
        Files.writeString(home().resolve("f"), "12345");
        Instant moment = Instant.parse("2001-02-03T04:05:06Z");

        storage().setModified(path("/f"), moment);
        Metadata metadata = storage().metadata(path("/f"));

        assertThat(metadata.modified()).isEqualTo(moment);
        assertThat(metadata.isFile()).isTrue();
        assertThat(metadata.size()).isEqualTo(5);
        assertThat(metadata.owner()).isNotEmpty();
    }

    @Test
    default void listsSmallDirectoriesSortedAndLargeOnesWhole() throws IOException {
        Path directory = Files.createDirectory(home().resolve("d"));
        for (String name : List.of("b", "c", "a", "ü", " space ")) {
            Files.writeString(directory.resolve(name), name);
        }
        assertThat(names("/d")).containsExactly(" space ", "a", "b", "c", "ü");

        for (int i = 0; i < DirectoryListing.SORTED_UP_TO + 10; i++) {
            Files.createFile(directory.resolve("file" + i));
        }
        assertThat(names("/d")).hasSize(DirectoryListing.SORTED_UP_TO + 15).doesNotHaveDuplicates();
        assertThat(names("/")).containsExactly("d");
        assertRefused(Kind.NOT_A_DIRECTORY, () -> storage().list(path("/d/a")));
        assertRefused(Kind.NOT_FOUND, () -> storage().list(path("/absent")));
    }

    @Test
    default void noticesWhatHappensToAnOpenFile() throws IOException {
        Path file = Files.writeString(home().resolve("f"), "0123456789");
        try (FileSource source = storage().openForReading(path("/f"))) {
            Files.writeString(file, "0123456789+");
            assertThat(source.change()).isEqualTo(FileSource.Change.GROWN);
            assertThat(contentFrom(source, 8)).isEqualTo("89");
            Files.writeString(file, "0");
            assertThat(source.change()).isEqualTo(FileSource.Change.SHRUNK);
        }
    }

    @Test
    default void tellsWhatTheProcessMayDo() throws IOException {
        Files.writeString(home().resolve("f"), "x");

        assertThat(storage().isAccessible(path("/f"), Access.READ)).isTrue();
        assertThat(storage().isAccessible(path("/f"), Access.WRITE)).isTrue();
        assertThat(storage().isAccessible(VirtualPath.ROOT, Access.EXECUTE)).isTrue();
        assertThat(storage().isAccessible(path("/absent"), Access.READ)).isFalse();
    }

    default void write(String path, WriteMode mode, long offset, String text) throws IOException {
        try (WritableFile file = storage().openForWriting(path(path), mode, offset)) {
            file.channel().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            file.force();
        }
    }

    default List<String> names(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryListing listing = storage().list(path(directory))) {
            Optional<DirectoryEntry> entry = listing.next();
            while (entry.isPresent()) {
                names.add(entry.get().name());
                entry = listing.next();
            }
        }
        return names;
    }

    default String content(String name) throws IOException {
        return Files.readString(home().resolve(name));
    }

    static String contentFrom(FileSource source, long offset) throws IOException {
        return new String(Channels.newInputStream(source.streamFrom(offset)).readAllBytes(), UTF_8);
    }

    static VirtualPath path(String text) {
        return new VirtualPath(text);
    }

    static void assertRefused(Kind kind, ThrowingCallable operation) {
        assertThatThrownBy(operation)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }
}
