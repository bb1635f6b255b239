package dev.zeroftpd.storage.ftplet;

import static dev.zeroftpd.storage.StorageContract.contentFrom;
import static dev.zeroftpd.storage.StorageContract.path;
import static dev.zeroftpd.storage.ftplet.BrokenUploadsTable.CAME;
import static dev.zeroftpd.storage.ftplet.BrokenUploadsTable.CHANGED;
import static dev.zeroftpd.storage.ftplet.BrokenUploadsTable.MORE;
import static dev.zeroftpd.storage.ftplet.BrokenUploadsTable.OLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.BrokenUploadsTable.Client;
import dev.zeroftpd.storage.ftplet.BrokenUploadsTable.State;
import dev.zeroftpd.storage.ftplet.BrokenUploadsTable.Verb;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderFileSystems;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.storage.upload.StartPosition;
import dev.zeroftpd.storage.upload.UploadContext;
import dev.zeroftpd.storage.upload.Uploads;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of the table in docs/uploads.md, with the kernel's confinement and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class BrokenUploadsTableTest {
    private static final VirtualPath FILE = path("/f");
    private static final Duration EXPIRY = Duration.ofHours(1);

    @Parameter
    boolean linux;

    @TempDir
    Path home;

    private Storage storage;
    private UploadContext context;

    static Stream<Arguments> cells() {
        return Stream.of(Verb.values())
                .flatMap(verb -> Stream.of(State.values())
                        .flatMap(state -> Stream.of(Client.values()).map(who -> Arguments.of(verb, state, who))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void cell(Verb verb, State state, Client who) throws IOException {
        Optional<FileSink> running = reach(state);
        boolean nameIsReserved = verb == Verb.STOU && state == State.NEW_RUNS;
        String expected = verb.cell(who == Client.OWNER ? state : state.forOthers());

        assertThat(outcome(verb, view(who))).isEqualTo(nameIsReserved && who != Client.OWNER ? "free" : expected);

        if (running.isPresent()) {
            running.get().interrupt(new Outcome.PeerClosed("end of the test"));
        }
    }

    @Test
    void anonymousLeavesNothing() throws IOException {
        broken(view(Client.ANONYMOUS), CAME);

        assertThat(onDisk()).isEmpty();
    }

    @Test
    void deletingRemovesTheFileAndWhatCame() throws IOException {
        reach(State.REPLACEMENT_BROKE);
        view(Client.OWNER).delete(FILE);

        assertThat(onDisk()).isEmpty();
    }

    @Test
    void whatBreaksAfterItsFileHasChangedIsDropped() throws IOException {
        FileSink upload = reach(State.REPLACEMENT_RUNS).orElseThrow();
        Files.writeString(home.resolve("f"), CHANGED);
        upload.interrupt(new Outcome.PeerClosed("Connection reset"));

        assertThat(onDisk()).containsExactly("f");
    }

    @Test
    void aListingRemovesWhatItsFileHasLeftBehind() throws IOException {
        reach(State.CHANGED_SINCE);
        assertThat(onDisk()).hasSize(2);

        outcome(Verb.LIST, view(Client.OWNER_ELSEWHERE));
        assertThat(onDisk()).hasSize(2);
        outcome(Verb.LIST, view(Client.OWNER));
        assertThat(onDisk()).containsExactly("f");
    }

    @Test
    void permissionsAndFurtherNamesAreNoChange() throws IOException {
        reach(State.REPLACEMENT_BROKE);
        Files.createLink(home.resolve("another name"), home.resolve("f"));

        assertThat(outcome(Verb.SIZE, view(Client.OWNER))).isEqualTo("5");
    }

    @Test
    void aLargeDirectoryShowsThemToo() throws IOException {
        for (int i = 0; i < 2 * DirectoryListing.SORTED_UP_TO; i++) {
            Files.createFile(home.resolve("n" + i));
        }
        reach(State.REPLACEMENT_BROKE);
        begin(view(Client.OWNER).uploads(VirtualPath.ROOT).store(path("/new")), CAME + CAME)
                .interrupt(new Outcome.PeerClosed("Connection reset"));

        List<String> files = listed(view(Client.OWNER), true);
        assertThat(files).hasSize(2 * DirectoryListing.SORTED_UP_TO + 2).contains("f=5", "new=10");
    }

    @Test
    void aSmallDirectoryStaysInOrder() throws IOException {
        for (String name : List.of("a", "c", "e")) {
            Files.createFile(home.resolve(name));
        }
        for (String name : List.of("/b", "/d", "/f")) {
            begin(view(Client.OWNER).uploads(VirtualPath.ROOT).store(path(name)), CAME)
                    .interrupt(new Outcome.PeerClosed("Connection reset"));
        }

        assertThat(listed(view(Client.OWNER), true)).containsExactly("a=0", "b=5", "c=0", "d=5", "e=0", "f=5");
    }

    @Test
    void anIpv6ClientKeepsItsUploadsWhileItsNetworkIsTheSame() throws IOException {
        broken(view("alice", "2001:db8:1:2::1"), CAME);

        assertThat(outcome(Verb.SIZE, view("alice", "2001:db8:1:2:ffff::99"))).isEqualTo("5");
        assertThat(outcome(Verb.SIZE, view("alice", "2001:db8:1:3::1"))).isEqualTo("NOT_FOUND");
    }

    @BeforeEach
    void openHome() {
        StorageContext storageContext = HomeOnDisk.context(SymlinkPolicy.INSIDE);
        storage = linux ? new LinuxStorage(home, storageContext) : new ProviderStorage(home, storageContext);
        context = UploadContext.of(
                new UploadSettings(UploadMode.ATOMIC, 022, false, EXPIRY, WithoutQuit.NEW, HardLinks.KEEP), false);
    }

    private SessionFileSystem view(Client who) throws IOException {
        return view(who.user, who.address);
    }

    private SessionFileSystem view(String name, String address) throws IOException {
        BaseUser user = new BaseUser();
        user.setName(name);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        OpenHome opened = new OpenHome(storage, Optional.empty(), false, () -> {});
        FolderOpening folders = new FolderOpening(
                HomeOnDisk.context(SymlinkPolicy.INSIDE), new ProviderFileSystems(), linux, LimitedHomes.NONE);
        CurrentHome current = new CurrentHome(opened, user, FolderSource.NONE, folders);
        return new SessionFileSystem(user, current, context, true).forClientAt(InetAddress.getByName(address));
    }

    /** Brings the file into a state and returns the upload that runs, if one does. */
    private Optional<FileSink> reach(State state) throws IOException {
        boolean exists = state.forOthers() != State.NOTHING || state == State.DELETED_SINCE;
        if (exists) {
            Files.writeString(home.resolve("f"), OLD);
            Files.setLastModifiedTime(
                    home.resolve("f"), FileTime.from(Instant.now().minusSeconds(100)));
        }
        switch (state) {
            case NOTHING, FILE_ONLY -> {}
            case NEW_BROKE, REPLACEMENT_BROKE -> broken(view(Client.OWNER), CAME);
            case TWO_REPLACEMENTS_BROKE -> {
                FileSink first =
                        begin(view(Client.OWNER).uploads(VirtualPath.ROOT).store(FILE), CAME);
                broken(view(Client.OWNER), "the other one");
                first.interrupt(new Outcome.PeerClosed("Connection reset"));
            }
            case CHANGED_SINCE -> {
                broken(view(Client.OWNER), CAME);
                Files.writeString(home.resolve("f"), CHANGED);
            }
            case DELETED_SINCE -> {
                broken(view(Client.OWNER), CAME);
                Files.delete(home.resolve("f"));
            }
            case EXPIRED -> {
                broken(view(Client.OWNER), CAME);
                Path partial = home.resolve(onDisk().stream()
                        .filter(HiddenName::isPartial)
                        .findFirst()
                        .orElseThrow());
                Files.setLastModifiedTime(
                        partial, FileTime.from(Instant.now().minus(EXPIRY).minusSeconds(1)));
            }
            case NEW_RUNS, REPLACEMENT_RUNS -> {
                return Optional.of(
                        begin(view(Client.OWNER).uploads(VirtualPath.ROOT).store(FILE), CAME));
            }
        }
        return Optional.empty();
    }

    private static void broken(SessionFileSystem client, String came) throws IOException {
        begin(client.uploads(VirtualPath.ROOT).store(FILE), came).interrupt(new Outcome.PeerClosed("Connection reset"));
    }

    private static FileSink begin(FileSink upload, String bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(UTF_8));
        while (left.hasRemaining()) {
            upload.channel().write(left);
        }
        return upload;
    }

    private String outcome(Verb verb, SessionFileSystem client) throws IOException {
        try {
            return ask(verb, client);
        } catch (StorageException refused) {
            assertThat(refused.getMessage()).doesNotContain("partial");
            return refused.kind().name();
        }
    }

    private String ask(Verb verb, SessionFileSystem client) throws IOException {
        switch (verb) {
            case SIZE -> {
                try (FileSource source = client.openToMeasure(FILE)) {
                    return Long.toString(source.size());
                }
            }
            case MDTM -> {
                Instant time = client.metadata(FILE, false).modified();
                Path file = home.resolve("f");
                boolean files = Files.exists(file)
                        && Files.getLastModifiedTime(file).toInstant().equals(time);
                return files ? "the file's" : "the partial's";
            }
            case MLST -> {
                return Long.toString(client.metadata(FILE, true).size());
            }
            case LIST -> {
                return String.join(" ", listed(client, true));
            }
            case RETR -> {
                try (FileSource source = client.storage().openForReading(FILE)) {
                    return contentFrom(source, 0);
                }
            }
            case SIZE_APPE -> tell(Verb.SIZE, client);
            case MLST_APPE -> tell(Verb.MLST, client);
            case LIST_APPE -> tell(Verb.LIST, client);
            case NLST_APPE -> listed(client, false);
            case STOU -> {
                Optional<FileSink> free = client.uploads(VirtualPath.ROOT).storeNew(FILE);
                if (free.isPresent()) {
                    free.get().complete();
                }
                return free.isPresent() ? "free" : "taken";
            }
            case DELE -> {
                client.delete(FILE);
                return Files.exists(home.resolve("f")) ? "still there" : "gone";
            }
            case RNFR -> {
                client.requireFinished(FILE);
                client.storage().metadata(FILE);
                return "yes";
            }
            case STOR, REST_3_STOR, REST_7_STOR, APPE, RANG_STOR -> {}
        }
        begin(opened(verb, client.uploads(VirtualPath.ROOT)), MORE).complete();
        return Files.readString(home.resolve("f"));
    }

    private void tell(Verb verb, SessionFileSystem client) throws IOException {
        outcome(verb, client);
    }

    private static FileSink opened(Verb verb, Uploads uploads) throws IOException {
        return switch (verb) {
            case STOR -> uploads.store(FILE);
            case REST_3_STOR -> uploads.storeFrom(FILE, StartPosition.bytes(3));
            case REST_7_STOR -> uploads.storeFrom(FILE, StartPosition.bytes(7));
            case RANG_STOR -> uploads.storeRange(FILE, 1, 3);
            default -> uploads.append(FILE);
        };
    }

    private static List<String> listed(SessionFileSystem client, boolean tells) throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryListing listing = client.list(VirtualPath.ROOT, tells)) {
            for (Optional<DirectoryEntry> next = listing.next(); next.isPresent(); next = listing.next()) {
                files.add(next.get().name() + "=" + next.get().metadata().size());
            }
        }
        return files;
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
