package dev.zeroftpd.storage.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageContext;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSink;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One account's uploads to a temporary directory. */
record UploadsOnDisk(Path home, Storage storage, PartialFiles partials, Uploads uploads) {

    static UploadsOnDisk in(Path home, boolean linux, UploadMode mode) {
        return in(home, linux, mode, SymlinkPolicy.INSIDE);
    }

    static UploadsOnDisk in(Path home, boolean linux, UploadMode mode, SymlinkPolicy symlinks) {
        StorageContext context = HomeOnDisk.context(symlinks);
        Storage storage = linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
        var settings = new UploadSettings(mode, 022, false, Duration.ofHours(1), WithoutQuit.NEW, HardLinks.KEEP);
        return of(home, storage, UploadContext.of(settings, false));
    }

    private static UploadsOnDisk of(Path home, Storage storage, UploadContext context) {
        PartialPlace place = new PartialPlace(storage, context, home.toString());
        PartialFiles partials = new PartialFiles(place, PartialOwner.of("alice", Optional.empty()));
        return new UploadsOnDisk(home, storage, partials, new Uploads(storage, partials, new ToldLengths()));
    }

    /** The same directory seen through another storage. */
    UploadsOnDisk with(Storage around) {
        return of(home, around, partials.place().context());
    }

    Renames renames() {
        return new Renames(storage, partials, true);
    }

    static void write(FileSink upload, String bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(UTF_8));
        while (left.hasRemaining()) {
            upload.channel().write(left);
        }
    }

    static void complete(FileSink upload, String bytes) throws IOException {
        write(upload, bytes);
        upload.complete();
    }

    static void interrupt(FileSink upload, String bytes) throws IOException {
        write(upload, bytes);
        upload.interrupt(new Outcome.PeerClosed("Connection reset"));
    }

    /** What has come of a broken upload of a file; empty if the server knows of none. */
    Optional<Long> broken(VirtualPath target) throws IOException {
        return partials.broken(target, partials.place().entry(target)).map(BrokenUpload::size);
    }

    List<String> onDisk() throws IOException {
        return onDisk(home);
    }

    static List<String> onDisk(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What clients see at the top of a home. */
    static List<String> visible(Storage storage) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryListing listing = storage.list(VirtualPath.ROOT)) {
            for (Optional<DirectoryEntry> entry = listing.next(); entry.isPresent(); entry = listing.next()) {
                names.add(entry.get().name());
            }
        }
        return names;
    }
}
