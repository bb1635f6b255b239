package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no home on a file system with symbolic links may let through. */
public interface ConfinementContract {

    Storage storage(SymlinkPolicy symlinks, LinkListing links);

    /** The same where links are listed as links. */
    default Storage storage(SymlinkPolicy symlinks) {
        return storage(symlinks, LinkListing.LINK);
    }

    Path home();

    /** A directory beside the home that holds {@code secret}. */
    Path outside();

    @Test
    default void linksOutOfTheHomeLeadNowhere() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createSymbolicLink(home().resolve("absolute"), outside().resolve("secret"));
        Files.createSymbolicLink(
                home().resolve("relative"), home().getFileSystem().getPath("../outside/secret"));
        Files.createSymbolicLink(
                home().resolve("directory"), home().getFileSystem().getPath("../outside"));
        Files.createSymbolicLink(home().resolve("new"), outside().resolve("created"));

        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path("/absolute")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path("/relative")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForReading(path("/directory/secret")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.list(path("/directory")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.metadata(path("/absolute")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.delete(path("/directory/secret")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.createDirectory(path("/directory/d")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.setPermissions(path("/absolute"), 0777));
        assertRefused(
                Kind.OUTSIDE_HOME, () -> storage.openForWriting(path("/relative"), WriteMode.CREATE_OR_TRUNCATE, 0));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage.openForWriting(path("/new"), WriteMode.CREATE_NEW, 0));
        assertThat(outside().resolve("created")).doesNotExist();
        assertThat(Files.readString(outside().resolve("secret"))).isEqualTo("secret");
    }

    @Test
    default void linksInsideTheHomeAreFollowed() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Path directory = Files.createDirectories(home().resolve("a/b"));
        Files.writeString(directory.resolve("f"), "inside");
        Files.createSymbolicLink(home().resolve("link"), home().getFileSystem().getPath("a/b"));
        Files.createSymbolicLink(directory.resolve("up"), home().getFileSystem().getPath("../../a/b/f"));

        try (FileSource source = storage.openForReading(path("/link/up"))) {
            assertThat(contentFrom(source, 0)).isEqualTo("inside");
        }
        assertThat(storage.metadata(path("/link")).isDirectory()).isTrue();
    }

    @Test
    default void noLinkIsFollowedWhereLinksAreDenied() throws IOException {
        Storage storage = storage(SymlinkPolicy.DENY);
        Files.writeString(home().resolve("f"), "x");
        Files.createSymbolicLink(home().resolve("link"), home().getFileSystem().getPath("f"));

        assertRefused(Kind.NOT_PERMITTED, () -> storage.openForReading(path("/link")));
        storage.openForReading(path("/f")).close();
    }

    @Test
    default void everyLinkIsFollowedWhereTheAdministratorSaysSo() throws IOException {
        Storage storage = storage(SymlinkPolicy.FOLLOW);
        Files.createSymbolicLink(home().resolve("link"), outside().resolve("secret"));

        try (FileSource source = storage.openForReading(path("/link"))) {
            assertThat(contentFrom(source, 0)).isEqualTo("secret");
        }
    }

    @Test
    default void aRingOfLinksEnds() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createSymbolicLink(home().resolve("a"), home().getFileSystem().getPath("b"));
        Files.createSymbolicLink(home().resolve("b"), home().getFileSystem().getPath("a"));

        assertRefused(Kind.NOT_PERMITTED, () -> storage.openForReading(path("/a")));
    }

    @Test
    default void deletingALinkSparesItsTarget() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createSymbolicLink(home().resolve("link"), outside().resolve("secret"));

        storage.delete(path("/link"));

        assertThat(home().resolve("link")).doesNotExist();
        assertThat(outside().resolve("secret")).exists();
    }

    @Test
    default void renamingALinkMovesTheLinkItself() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createSymbolicLink(home().resolve("link"), outside().resolve("secret"));

        storage.rename(path("/link"), path("/other"));

        assertThat(Files.isSymbolicLink(home().resolve("other"))).isTrue();
        assertThat(outside().resolve("secret")).exists();
    }

    @Test
    default void listingsShowWhatLinksLeadToOnlyInsideTheHome() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE, LinkListing.TARGET);
        Files.createDirectory(home().resolve("d"));
        link("inside", "d");
        Files.createSymbolicLink(home().resolve("outside"), outside());

        try (DirectoryListing listing = storage.list(VirtualPath.ROOT)) {
            assertThat(listing.next().orElseThrow().name()).isEqualTo("d");
            DirectoryEntry inside = listing.next().orElseThrow();
            DirectoryEntry outside = listing.next().orElseThrow();
            assertThat(inside.metadata().isDirectory()).isTrue();
            assertThat(outside.metadata().kind()).isEqualTo(Metadata.Kind.OTHER);
            assertThat(outside.metadata().size()).isZero();
            assertThat(listing.next()).isEmpty();
        }
        assertThat(storage.listed(path("/inside")).isDirectory()).isTrue();
    }

    @Test
    default void listingsShowLinksAsLinks() throws IOException {
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createDirectories(home().resolve("d/e"));
        Files.writeString(home().resolve("d/f"), "12345");
        link("d/e/file", "../f");
        link("d/e/directory", "../../d");

        try (DirectoryListing listing = storage.list(path("/d/e"))) {
            Metadata directory = listing.next().orElseThrow().metadata();
            Metadata file = listing.next().orElseThrow().metadata();
            assertThat(directory.kind()).isEqualTo(Metadata.Kind.LINK);
            assertThat(directory.link().orElseThrow().text()).contains("../../d");
            assertThat(directory.link().orElseThrow().leadsTo())
                    .hasValueSatisfying(led -> assertThat(led.isDirectory()).isTrue());
            assertThat(directory.size()).isEqualTo(7);
            assertThat(file.link().orElseThrow().leadsTo())
                    .hasValueSatisfying(led -> assertThat(led.size()).isEqualTo(5));
        }
        assertThat(storage.entry(path("/d/e/file")).kind()).isEqualTo(Metadata.Kind.LINK);
        assertThat(storage.listed(path("/d/e/file")).kind()).isEqualTo(Metadata.Kind.LINK);
        assertThat(storage.metadata(path("/d/e/file")).size()).isEqualTo(5);
        assertThat(storage.entry(path("/d")).isDirectory()).isTrue();
        assertThat(storage.entry(VirtualPath.ROOT).isDirectory()).isTrue();
        assertRefused(Kind.NOT_FOUND, () -> storage.entry(path("/d/none")));
    }

    @Test
    default void noLinkTellsANameOutsideTheHome() throws IOException {
        Files.createDirectories(home().resolve("d/e"));
        link("absolute", outside().resolve("secret").toString());
        link("relative", "../outside/secret");
        link("above", "..");
        link("missing", "nothing/../../outside");
        link("out", "../outside");
        link("through", "out/secret");
        link("d/e/up", "../..");
        link("d/e/deep", "../../../outside");

        for (SymlinkPolicy policy : SymlinkPolicy.values()) {
            Storage storage = storage(policy);
            for (String name :
                    List.of("/absolute", "/relative", "/above", "/missing", "/out", "/through", "/d/e/deep")) {
                Metadata link = storage.entry(path(name));
                assertThat(link.kind()).isEqualTo(Metadata.Kind.LINK);
                assertThat(link.link().orElseThrow().text()).as(name).isEmpty();
                assertThat(link.size()).as(name).isZero();
            }
        }
        Storage inside = storage(SymlinkPolicy.INSIDE);
        // seen through a link, a directory is deeper than it is
        assertThat(inside.entry(path("/d/e/up/relative")).link().orElseThrow().text())
                .isEmpty();
        assertThat(inside.entry(path("/d/e/up")).link().orElseThrow().text()).contains("../..");
    }

    @Test
    default void linksThatLeadNowhereAndLinksThatAreRefusedTellTheirTextOnly() throws IOException {
        Files.writeString(home().resolve("f"), "x");
        link("dangling", "none");
        link("file", "f");
        link("ring", "ring");

        for (String name : List.of("/dangling", "/ring", "/file")) {
            LinkTarget denied =
                    storage(SymlinkPolicy.DENY).entry(path(name)).link().orElseThrow();
            assertThat(denied.text()).as(name).isPresent();
            assertThat(denied.leadsTo()).as(name).isEmpty();
        }
        LinkTarget dangling =
                storage(SymlinkPolicy.INSIDE).entry(path("/dangling")).link().orElseThrow();
        assertThat(dangling.text()).contains("none");
        assertThat(dangling.leadsTo()).isEmpty();
    }

    private void link(String name, String text) throws IOException {
        Files.createSymbolicLink(home().resolve(name), home().getFileSystem().getPath(text));
    }
}
