package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listings find, in our homes and in a file system that stands for an embedder's own. */
@ParameterizedClass
@EnumSource(WalkTest.Kind.class)
class WalkTest {

    enum Kind {
        HOME {
            @Override
            ListedTree tree(Path home) throws FtpException {
                return Lines.home(home);
            }
        },
        FOREIGN {
            @Override
            ListedTree tree(Path home) throws FtpException {
                return ListedTree.of(new NativeFileSystemFactory().createFileSystemView(Lines.user(home)), true);
            }
        };

        abstract ListedTree tree(Path home) throws FtpException;
    }

    private final Kind kind;

    @TempDir
    Path home;

    private ListedTree tree;

    WalkTest(Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void makeFiles() throws IOException, FtpException {
        for (String name : List.of("b", "a.txt", ".hidden", "sub/c.txt", "sub/deep/d.txt", "other/e.txt")) {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        tree = kind.tree(home);
    }

    @Test
    void findsWhatIsNotHiddenInTheWorkingDirectory() throws IOException {
        assertThat(names("")).containsExactly("a.txt", "b", "other", "sub");
    }

    @Test
    void findsHiddenNamesOnDemand() throws IOException {
        assertThat(names("-a")).containsExactly(".hidden", "a.txt", "b", "other", "sub");
        assertThat(sections("-a")).startsWith(".", "..", ".hidden");
        assertThat(sections("-A")).startsWith(".hidden");
    }

    @Test
    void givesNamesThatCanBeRetrieved() throws IOException {
        assertThat(names("sub")).containsExactly("sub/c.txt", "sub/deep");
        assertThat(names("sub/")).containsExactly("sub/c.txt", "sub/deep");
        assertThat(names("/sub/deep")).containsExactly("/sub/deep/d.txt");
        assertThat(names("sub/c.txt")).containsExactly("sub/c.txt");
        assertThat(names("sub/*.txt")).containsExactly("sub/c.txt");
        assertThat(names("-R sub")).containsExactly("sub/c.txt", "sub/deep", "sub/deep/d.txt");
    }

    @Test
    void expandsPatternsInEverySegment() throws IOException {
        assertThat(names("*/*.txt")).containsExactly("other/e.txt", "sub/c.txt");
        assertThat(names("*/deep/[a-d].txt")).containsExactly("sub/deep/d.txt");
        assertThat(names("s?b/./deep/*")).containsExactly("sub/deep/d.txt");
        assertThat(names("*.none")).isEmpty();
        assertThat(names("*/none/*")).isEmpty();
    }

    @Test
    void hidesHiddenNamesFromPatternsThatAreNotForThem() throws IOException {
        assertThat(names("*h*")).containsExactly("other");
        assertThat(names(".h*")).containsExactly(".hidden");
        assertThat(names("-a *h*")).containsExactly(".hidden", "other");
    }

    @Test
    void takesANameThatExistsLiterally() throws IOException {
        Files.writeString(home.resolve("a[1].txt"), "");
        Files.writeString(home.resolve("a1.txt"), "");

        assertThat(names("a[1].txt")).containsExactly("a[1].txt");
    }

    @Test
    void listsADirectoryItselfOnDemand() throws IOException {
        assertThat(names("-d sub")).containsExactly("sub");
        assertThat(names("-d")).containsExactly(".");
    }

    @Test
    void givesEachDirectoryASection() throws IOException {
        assertThat(sections("-R"))
                .containsExactly(
                        ".:",
                        "a.txt",
                        "b",
                        "other",
                        "sub",
                        "",
                        "./other:",
                        "e.txt",
                        "",
                        "./sub:",
                        "c.txt",
                        "deep",
                        "",
                        "./sub/deep:",
                        "d.txt");
        assertThat(sections("-R sub")).containsExactly("sub:", "c.txt", "deep", "", "sub/deep:", "d.txt");
    }

    @Test
    void sortsByTimeSizeAndBackwards() throws IOException {
        Files.setLastModifiedTime(home.resolve("b"), FileTime.fromMillis(3_000_000_000_000L));
        Files.setLastModifiedTime(home.resolve("a.txt"), FileTime.fromMillis(1_000_000_000_000L));
        Files.writeString(home.resolve("a.txt"), "x".repeat(1_000_000));
        Files.setLastModifiedTime(home.resolve("a.txt"), FileTime.fromMillis(1_000_000_000_000L));

        assertThat(names("-t")).startsWith("b").endsWith("a.txt");
        assertThat(names("-tr")).startsWith("a.txt").endsWith("b");
        assertThat(names("-S")).startsWith("a.txt").endsWith("b");
        assertThat(names("-r")).containsExactly("sub", "other", "b", "a.txt");
    }

    @Test
    void listsEveryEntryOfADirectoryThatIsTooLargeToSort() throws IOException {
        Path many = Files.createDirectory(home.resolve("many"));
        for (int i = 0; i <= SortedListing.MOST; i++) {
            Files.createFile(many.resolve("f" + i));
        }

        assertThat(Set.copyOf(names("-t many"))).hasSize(SortedListing.MOST + 1);
    }

    @Test
    void refusesWhatIsNotThere() {
        for (String argument : List.of("none", "none/*", "-a none", "a.txt/*")) {
            assertThatThrownBy(() -> names(argument)).as(argument).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void refusesToGoUpBehindAPattern() {
        assertThatThrownBy(() -> names("*/../*"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StorageException.Kind.INVALID_NAME));
    }

    @Test
    void tellsEveryFileOfADirectoryToPrograms() throws IOException {
        assertThat(Lines.of(Walk.ofAllIn(tree, VirtualPath.ROOT), new FactFormat(Set.of(Fact.TYPE))))
                .containsExactly(
                        "type=cdir; .",
                        "type=pdir; ..",
                        "type=file; .hidden",
                        "type=file; a.txt",
                        "type=file; b",
                        "type=dir; other",
                        "type=dir; sub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-R deep", "deep/*/*"})
    @Tag("attack")
    void holdsNoMoreThanItsShareOfTheMemory(String argument) throws IOException {
        ListingMemory enough = new ListingMemory(1 << 20);
        ListingMemory little = new ListingMemory(4_000);
        for (int i = 0; i < 100; i++) {
            Files.createDirectories(home.resolve("deep").resolve("n".repeat(100) + i));
        }

        list(argument, enough);
        assertThat(enough.held()).isZero();

        assertThatThrownBy(() -> list(argument, little))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("too much for one listing");
        assertThat(little.held()).isZero();
    }

    @Test
    void leavesADirectoryUnsortedThatTakesTooMuchMemory() throws IOException {
        ListingMemory little = new ListingMemory(8_000);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expected.add("n".repeat(100) + i);
            Files.createFile(home.resolve("sub").resolve(expected.getLast()));
        }
        expected.addAll(List.of("c.txt", "deep"));
        assertThat(list("-t sub", little)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(little.held()).isZero();
    }

    @Test
    void leavesADirectoryUnsortedWhereOthersHoldTheMemory() throws IOException {
        ListingMemory memory = new ListingMemory(40_000);
        List<ListingMemory.Part> others = takeAllBut(800, memory); // room for one entry
        assertThat(list("-t sub", memory)).containsExactlyInAnyOrder("c.txt", "deep");

        others.forEach(ListingMemory.Part::close);
        assertThat(memory.held()).isZero();
    }

    @Test
    void holdsNothingOfDirectoriesThatItHasLeft() throws IOException {
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 20; j++) {
                Files.createDirectories(home.resolve("parent" + i).resolve("directory" + j));
            }
        }
        ListingMemory memory = new ListingMemory(4 * 60 * 200); // that of sixty directories, of more than a hundred
        list("-R", memory);
        assertThat(memory.held()).isZero();
    }

    @Test
    void refusesAListingWhereOthersHoldAllMemory() throws IOException {
        ListingMemory memory = new ListingMemory(10_000);
        List<ListingMemory.Part> others = takeAllBut(100, memory);
        assertThatThrownBy(() -> list("-R", memory)).hasMessageContaining("try again later");

        for (ListingMemory.Part other : others) {
            other.close();
        }
        list("-R", memory);
        assertThat(memory.held()).isZero();
    }

    /** Many accounts list, until no more than {@code rest} are left for another. */
    private static List<ListingMemory.Part> takeAllBut(long rest, ListingMemory memory) throws IOException {
        List<ListingMemory.Part> others = new ArrayList<>();
        while (memory.most() - memory.held() > rest) {
            ListingMemory.Part other = memory.open(others.size());
            other.take(Math.min(other.most(), (memory.most() - memory.held()) / 2));
            others.add(other);
        }
        return others;
    }

    /** One with many huge directories could make LIST fail for all. */
    @Test
    @Tag("attack")
    void listsForAnAccountWhateverTheListingsOfAnotherHold() throws IOException {
        ListingMemory memory = new ListingMemory(40_000);
        List<ListingMemory.Part> greedy =
                Stream.generate(() -> memory.open("greedy")).limit(10).toList();
        int refused = 0;
        for (ListingMemory.Part part : greedy) {
            refused += part.tryTake(part.most()) ? 0 : 1;
        }
        assertThat(refused).isEqualTo(8);

        assertThat(list("-R", memory)).contains("a.txt", "sub/c.txt");
        try (ListingMemory.Part third = memory.open("third")) {
            assertThat(third.tryTake(third.most())).isTrue();
        }
        greedy.forEach(ListingMemory.Part::close);
        assertThat(memory.held()).isZero();
        try (ListingMemory.Part again = memory.open("greedy")) {
            assertThat(again.tryTake(again.most())).isTrue();
        }
    }

    private List<String> list(String argument, ListingMemory memory) throws IOException {
        try (Walk walk = Walk.of(tree, tree.argument(argument), true)) {
            return Lines.text(text -> walk.run(new EntryWriter(text, new NameFormat("", false), memory)))
                    .lines()
                    .toList();
        }
    }

    @Test
    void endsWhenNobodyListensAnyMore() throws IOException {
        WritableByteChannel gone = Channels.newChannel(new ByteArrayOutputStream());
        gone.close();
        try (Walk walk = Walk.of(tree, tree.argument("*.none"), true)) {
            EntryWriter out = new EntryWriter(new ListingText(gone), new NameFormat("", false));

            assertThatThrownBy(() -> walk.run(out)).isInstanceOf(ClosedChannelException.class);
        }
    }

    /** As NLST gives them. */
    private List<String> names(String argument) throws IOException {
        return Lines.names(tree, argument);
    }

    /** As LIST gives them, but names only. */
    private List<String> sections(String argument) throws IOException {
        return Lines.of(Walk.of(tree, tree.argument(argument), false), new NameFormat("", false));
    }
}
