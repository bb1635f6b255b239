package dev.zeroftpd.hook;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where refused uploads go instead of being deleted. Any thread that may wait for the disk. */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A name that a shell, a browser or a mail program can't misunderstand. */
    private static final Pattern UNPLAIN = Pattern.compile("[^A-Za-z0-9._-]");

    private static final int LONGEST_PART = 60;

    private static final long PIECE_BYTES = 4 << 20;

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> NEW_FILE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final FileAttribute<?> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;

    Quarantine(Path directory) {
        this.directory = directory;
    }

    /**
     * Gives the file a name here too, or copies it, as from another file system. Its own name is left for the upload to delete
     * through its storage, which counts what goes. Where this fails, the log says why.
     *
     * @param ended asked now and then; true ends a copy
     */
    void take(UploadChecks.Candidate refused, String reason, BooleanSupplier ended) {
        Path file = directory.resolve(name(refused));
        String who = LogText.escape(refused.by().user());
        String path = LogText.escape(refused.path());
        try {
            keep(Path.of(refused.file()), file, ended);
            LOG.warn("An upload of \"{}\" to \"{}\" is in quarantine as {}: {}", who, path, file, reason);
        } catch (IOException e) {
            LOG.error(
                    "An upload of \"{}\" to \"{}\" was refused ({}) and is deleted, for it can't be moved to {}: {}",
                    who,
                    path,
                    reason,
                    directory,
                    FailureReason.of(e));
        }
    }

    /** What has its name here is complete. */
    private static void keep(Path from, Path to, BooleanSupplier ended) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileSystemException | UnsupportedOperationException unlinkable) {
            LOG.debug("{} is copied, because it can't be linked", from, unlinkable);
            Path begun = to.resolveSibling(".begun-" + to.getFileName());
            try {
                copy(from, begun, ended);
                Files.move(begun, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(begun);
            }
        }
    }

    private static void copy(Path from, Path to, BooleanSupplier ended) throws IOException {
        try (FileChannel source =
                        FileChannel.open(from, NameForPrograms.isThroughThisProcess(from) ? READ : READ_NO_LINK);
                FileChannel copy = FileChannel.open(to, NEW_FILE, OWN_FILE)) {
            long size = source.size();
            long done = 0;
            while (done < size) {
                if (ended.getAsBoolean()) {
                    throw new IOException("the server ends");
                }
                long count = copy.transferFrom(source, done, Math.min(PIECE_BYTES, size - done));
                if (count <= 0) {
                    throw new IOException("the file got shorter meanwhile");
                }
                done += count;
            }
        }
    }

    /** No two are alike. */
    private static String name(UploadChecks.Candidate refused) {
        String base = refused.path().substring(refused.path().lastIndexOf('/') + 1);
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return String.join(
                "-", TIME.format(Instant.now()), random, plain(refused.by().user()), plain(base));
    }

    private static String plain(String text) {
        String plain = UNPLAIN.matcher(text).replaceAll("_");
        return plain.substring(0, Math.min(plain.length(), LONGEST_PART));
    }
}
