package dev.zeroftpd.storage.folder;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Place;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A home with {@code /shared}, {@code /projects/alpha} and, read-only, {@code /shared/manuals}, none of them in it on disk. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class FolderedStorageTest {

    @Parameter
    boolean linux;

    @TempDir
    Path directory;

    private Path home;
    private Path shared;
    private Path alpha;
    private Path manuals;
    private Storage storage;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        shared = Files.createDirectory(directory.resolve("shared"));
        alpha = Files.createDirectory(directory.resolve("alpha"));
        manuals = Files.createDirectory(directory.resolve("manuals"));
        storage = new FolderedStorage(
                storage(home, VirtualPath.ROOT),
                List.of(
                        folder("/shared", shared, false),
                        folder("/projects/alpha", alpha, false),
                        folder("/shared/manuals", manuals, true)));
    }

    private Folder folder(String at, Path root, boolean readOnly) {
        return Folder.of(path(at), root.toString(), readOnly, storage(root, path(at)));
    }

    private Storage storage(Path root, VirtualPath at) {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        return linux ? new LinuxStorage(root, at, context) : new ProviderStorage(root, at, context);
    }

    private Map<String, Metadata> listed(String path) throws IOException {
        Map<String, Metadata> entries = new LinkedHashMap<>();
        try (DirectoryListing listing = storage.list(path(path))) {
            for (Optional<DirectoryEntry> next = listing.next(); next.isPresent(); next = listing.next()) {
                entries.put(next.get().name(), next.get().metadata());
            }
        }
        return entries;
    }

    private List<String> names(String path) throws IOException {
        return new ArrayList<>(listed(path).keySet());
    }

    private void write(String path, String text) throws IOException {
        try (WritableFile file = storage.openForWriting(path(path), WriteMode.CREATE_NEW, 0)) {
            file.channel().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    private String read(String path) throws IOException {
        try (FileSource source = storage.openForReading(path(path))) {
            return contentFrom(source, 0);
        }
    }

    @Test
    void foldersAreListedInTheirOrderAmongWhatTheHomeHas() throws IOException {
        Files.writeString(home.resolve("a"), "");
        Files.writeString(home.resolve("r"), "");
        Files.writeString(home.resolve("z"), "");

        assertThat(names("/")).containsExactly("a", "projects", "r", "shared", "z");
        assertThat(names("/projects")).containsExactly("alpha");
        assertThat(names("/shared")).containsExactly("manuals");
        assertThat(requireNonNull(listed("/").get("shared")).isDirectory()).isTrue();
        assertThat(requireNonNull(listed("/").get("shared")).mode())
                .isEqualTo(storage.metadata(path("/shared")).mode());
    }

    @Test
    void aFolderHidesWhatTheHomeHasUnderItsName() throws IOException {
        Files.createDirectory(home.resolve("shared"));
        Files.writeString(home.resolve("shared/mine"), "mine");
        Files.writeString(home.resolve("projects"), "a file");
        Files.writeString(shared.resolve("theirs"), "theirs");

        assertThat(names("/")).containsExactly("projects", "shared");
        assertThat(names("/shared")).containsExactly("manuals", "theirs");
        assertRefused(Kind.NOT_FOUND, () -> storage.metadata(path("/shared/mine")));
        assertThat(storage.metadata(path("/projects")).isDirectory()).isTrue();
        assertThat(names("/projects")).containsExactly("alpha");
        assertRefused(Kind.NOT_A_FILE, () -> storage.openForReading(path("/projects")));
    }

    @Test
    void filesAreReadAndWrittenWhereTheFolderIs() throws IOException {
        storage.createDirectory(path("/shared/d"));
        write("/shared/d/f", "in the folder");
        write("/projects/alpha/g", "in another");
        write("/h", "at home");

        assertThat(shared.resolve("d/f")).hasContent("in the folder");
        assertThat(alpha.resolve("g")).hasContent("in another");
        assertThat(home.resolve("h")).hasContent("at home");
        assertThat(read("/shared/d/f")).isEqualTo("in the folder");
        storage.delete(path("/shared/d/f"));
        storage.removeDirectory(path("/shared/d"));
        assertThat(shared.resolve("d")).doesNotExist();
        assertThatThrownBy(() -> storage.metadata(path("/shared/none")))
                .hasMessage("/shared/none: no such file or directory");
    }

    @Test
    void whatOnlyLeadsToFoldersIsADirectoryInWhichNothingCanBeMade() throws IOException {
        Metadata projects = storage.metadata(path("/projects"));

        assertThat(projects.isDirectory()).isTrue();
        assertThat(projects.mode()).isEqualTo(0555);
        assertThat(storage.isReadOnly(path("/projects"))).isTrue();
        assertThat(storage.isAccessible(path("/projects"), Access.EXECUTE)).isTrue();
        assertThat(storage.isAccessible(path("/projects"), Access.WRITE)).isFalse();
        assertThat(storage.usableSpace(path("/projects"))).isZero();
        assertRefused(Kind.EXISTS, () -> storage.createDirectory(path("/projects")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.createDirectory(path("/projects/beta")));
        assertRefused(Kind.NOT_PERMITTED, () -> write("/projects/f", "x"));
        assertRefused(Kind.NOT_A_FILE, () -> write("/projects", "x"));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.setModified(path("/projects"), Instant.now()));
        write("/f", "x");
        assertThatThrownBy(() -> storage.rename(path("/f"), path("/projects/f")))
                .hasMessageStartingWith("/projects: only leads to virtual folders");
        assertThat(home.resolve("projects")).doesNotExist();
    }

    @Test
    void aDirectoryOfTheHomeMayHoldFoldersBesideItsOwnFiles() throws IOException {
        Files.createDirectory(home.resolve("projects"));
        write("/projects/notes", "mine");

        assertThat(names("/projects")).containsExactly("alpha", "notes");
        assertThat(storage.isReadOnly(path("/projects"))).isFalse();
        assertRefused(Kind.NOT_PERMITTED, () -> storage.removeDirectory(path("/projects")));
        assertThatThrownBy(() -> storage.rename(path("/projects"), path("/elsewhere")))
                .hasMessage("/projects: has a virtual folder in it, and stays where it is");
        assertThat(home.resolve("projects/notes")).exists();
    }

    @Test
    void aFolderItselfStaysWhatAndWhereItIs() throws IOException {
        write("/f", "x");

        for (String folder : List.of("/shared", "/projects/alpha", "/shared/manuals")) {
            assertRefused(Kind.NOT_PERMITTED, () -> storage.removeDirectory(path(folder)));
            assertRefused(Kind.NOT_PERMITTED, () -> storage.delete(path(folder)));
            assertThatThrownBy(() -> storage.rename(path(folder), path("/other")))
                    .hasMessage(folder + ": is a virtual folder, which can't be changed itself");
            assertRefused(Kind.NOT_PERMITTED, () -> storage.setPermissions(path(folder), 0));
            assertRefused(Kind.EXISTS, () -> storage.createDirectory(path(folder)));
            assertRefused(Kind.EXISTS, () -> storage.rename(path("/f"), path(folder)));
            assertRefused(Kind.EXISTS, () -> storage.replace(path("/f"), path(folder)));
        }
        assertThat(shared).isDirectory();
        assertThat(home.resolve("f")).exists();
    }

    @Test
    void aFileOrDirectoryIsRenamedFromOneFolderToAnother() throws IOException {
        write("/f", "moved");
        write("/shared/old", "old");
        storage.createDirectory(path("/shared/d"));
        write("/shared/d/g", "within");

        storage.rename(path("/f"), path("/shared/f"));
        storage.rename(path("/shared/d"), path("/projects/alpha/e"));
        assertRefused(Kind.EXISTS, () -> storage.rename(path("/projects/alpha/e/g"), path("/shared/old")));
        storage.replace(path("/projects/alpha/e/g"), path("/shared/old"));

        assertThat(home.resolve("f")).doesNotExist();
        assertThat(shared.resolve("f")).hasContent("moved");
        assertThat(shared.resolve("old")).hasContent("within");
        assertThat(alpha.resolve("e")).isEmptyDirectory();
    }

    @Test
    void nothingChangesInAFolderThatIsReadOnly() throws IOException {
        Files.writeString(manuals.resolve("m"), "manual");
        write("/shared/f", "x");

        assertThat(read("/shared/manuals/m")).isEqualTo("manual");
        assertThat(storage.metadata(path("/shared/manuals/m")).mode() & 0222).isZero();
        assertThat(requireNonNull(listed("/shared/manuals").get("m")).mode() & 0222)
                .isZero();
        assertThat(requireNonNull(listed("/shared").get("manuals")).mode() & 0222)
                .isZero();
        assertThat(storage.isReadOnly(path("/shared/manuals/m"))).isTrue();
        assertThat(storage.isReadOnly(path("/shared/f"))).isFalse();
        assertThat(storage.isAccessible(path("/shared/manuals/m"), Access.WRITE))
                .isFalse();
        assertThat(storage.usableSpace(path("/shared/manuals"))).isZero();
        assertThat(storage.usableSpace(path("/shared"))).isPositive();
        assertRefused(Kind.NOT_PERMITTED, () -> write("/shared/manuals/new", "x"));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.openForWriting(path("/shared/manuals/m"), WriteMode.APPEND, 0));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.delete(path("/shared/manuals/m")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.createDirectory(path("/shared/manuals/d")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.rename(path("/shared/manuals/m"), path("/m")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.rename(path("/shared/f"), path("/shared/manuals/f")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.replace(path("/shared/f"), path("/shared/manuals/m")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.setPermissions(path("/shared/manuals/m"), 0777));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.setModified(path("/shared/manuals/m"), Instant.EPOCH));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.requireWritable(path("/shared/manuals/m")));
        assertThat(manuals).isDirectoryContaining("glob:**m");
        assertThat(manuals.resolve("m")).hasContent("manual");
    }

    @Test
    void aFolderThatVanishesHarmsNothingElse() throws IOException {
        Files.writeString(home.resolve("f"), "x");
        Files.delete(shared);

        assertThat(names("/")).containsExactly("f", "projects", "shared");
        assertThat(listed("/").get("shared")).isEqualTo(Metadata.UNREACHABLE);
        assertThatThrownBy(() -> storage.metadata(path("/shared")))
                .hasMessage("/shared: is a virtual folder whose directory is not there at the moment");
        assertRefused(Kind.NOT_PERMITTED, () -> storage.entry(path("/shared")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.listed(path("/shared")));
        assertRefused(Kind.NOT_FOUND, () -> storage.list(path("/shared")));
        assertRefused(Kind.NOT_FOUND, () -> write("/shared/f", "x"));
        assertThat(names("/shared/manuals")).isEmpty();
        assertThat(names("/projects/alpha")).isEmpty();
    }

    @Test
    void aFolderThatCannotBeUsedSaysWhy() throws IOException {
        Storage partly = new FolderedStorage(
                storage(home, VirtualPath.ROOT),
                List.of(Folder.unusable(path("/zip"), "jar:file:///none.zip", false, "can't be opened at the moment")));

        assertThatThrownBy(() -> partly.metadata(path("/zip/f"))).hasMessage("/zip: can't be opened at the moment");
        assertThat(partly.isLocal()).isEqualTo(storage(home, VirtualPath.ROOT).isLocal());
        try (DirectoryListing listing = partly.list(VirtualPath.ROOT)) {
            assertThat(listing.next().orElseThrow().name()).isEqualTo("zip");
        }
    }

    @Test
    void aFolderWorksWithinOneThatCannotBeUsed() throws IOException {
        Files.writeString(alpha.resolve("f"), "x");
        storage = new FolderedStorage(
                storage(home, VirtualPath.ROOT),
                List.of(
                        Folder.unusable(path("/zip"), "jar:file:///none.zip", false, "can't be opened at the moment"),
                        folder("/zip/way/alpha", alpha, false)));

        assertThat(storage.metadata(path("/zip/way")).isDirectory()).isTrue();
        assertThat(names("/zip/way")).containsExactly("alpha");
        assertThat(names("/zip/way/alpha")).containsExactly("f");
        assertThat(read("/zip/way/alpha/f")).isEqualTo("x");
        assertRefused(Kind.NOT_PERMITTED, () -> storage.createDirectory(path("/zip/way/d")));
        assertRefused(Kind.NOT_PERMITTED, () -> storage.list(path("/zip")));
    }

    @Test
    void theUmaskIsThatOfAll() throws IOException {
        storage.setUmask(077);
        write("/f", "x");
        write("/shared/f", "x");

        assertThat(storage.umask()).isEqualTo(OptionalInt.of(077));
        assertThat(storage.metadata(path("/f")).mode()).isEqualTo(0600);
        assertThat(storage.metadata(path("/shared/f")).mode()).isEqualTo(0600);
    }

    @Test
    void aPlaceIsTheSameForAllWhoseFolderItIsIn() {
        assertThat(storage.place("home", path("/shared/d/f"))).isEqualTo(new Place(shared.toString(), path("/d/f")));
        assertThat(storage.place("home", path("/shared"))).isEqualTo(new Place(shared.toString(), VirtualPath.ROOT));
        assertThat(storage.place("home", path("/sharedness"))).isEqualTo(new Place("home", path("/sharedness")));
        assertThat(storage.areTogether(path("/shared/a"), path("/shared/b/c"))).isTrue();
        assertThat(storage.areTogether(path("/shared/a"), path("/shared/manuals/a")))
                .isFalse();
        assertThat(storage.areTogether(path("/shared/a"), path("/a"))).isFalse();
    }
}
