package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What no home on a file system with symbolic links may let through. */
interface ConfinementContract {

    Storage storage(SymlinkPolicy symlinks);

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
        Storage storage = storage(SymlinkPolicy.INSIDE);
        Files.createDirectory(home().resolve("d"));
        Files.createSymbolicLink(
                home().resolve("inside"), home().getFileSystem().getPath("d"));
        Files.createSymbolicLink(home().resolve("outside"), outside());

        try (DirectoryListing listing = storage.list(VirtualPath.ROOT)) {
            assertThat(listing.next().orElseThrow().name()).isEqualTo("d");
            DirectoryEntry inside = listing.next().orElseThrow();
            DirectoryEntry outside = listing.next().orElseThrow();
            assertThat(inside.metadata().isDirectory()).isTrue();
            assertThat(outside.metadata().kind()).isEqualTo(Metadata.Kind.OTHER);
            assertThat(listing.next()).isEmpty();
        }
    }
}
