package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.os.AtomicReplacement;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code bans} in the directory of the server's state: one ban per line, its prefix, its end by the time of day, and
 * how many seconds it was made for. One thread at a time.
 *
 * <p>What can't be understood in it is never overwritten: it is put aside, or, if it can't even be read, the file stays.
 */
public final class BanFile {

    private static final Logger LOG = LoggerFactory.getLogger(BanFile.class);

    private static final String HEADER =
            "# Addresses that may not connect, until when, and for how many seconds; edit only while the server is"
                    + " stopped.\n";

    /** Several times what the most bans take. */
    private static final long MOST_BYTES = 4 << 20;

    private static final FileAttribute<?> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;
    private final Path file;
    private boolean writable = true;
    private boolean damaged;

    /** One ban as the file has it. */
    record Entry(AddressPrefix from, Instant end, Duration length) {

        private static final int PARTS = 3;

        private static final int LONGEST_PREFIX = 128;

        /** @throws IllegalArgumentException if the line says something else */
        static Entry parse(String line) {
            String[] parts = line.strip().split(" +", -1);
            int slash = parts[0].indexOf('/');
            if (parts.length != PARTS || slash < 0) {
                throw new IllegalArgumentException("not three words");
            }
            InetAddress address = InetAddress.ofLiteral(parts[0].substring(0, slash));
            int bits = Integer.parseInt(parts[0].substring(slash + 1));
            AddressPrefix from = AddressPrefix.of(address, bits);
            int seconds = Integer.parseInt(parts[2]);
            if (from.bits() != bits || bits < 1 || bits > LONGEST_PREFIX || seconds < 1) {
                throw new IllegalArgumentException("no prefix that is counted, or no time");
            }
            try {
                return new Entry(from, Instant.parse(parts[1]), Duration.ofSeconds(seconds));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a time", e);
            }
        }

        String line() {
            return withoutScope(from.first().getHostAddress()) + "/" + from.bits() + " "
                    + end.truncatedTo(ChronoUnit.SECONDS) + " " + Math.ceilDiv(length.toMillis(), 1000L) + "\n";
        }

        /** The interface of a link-local address, which no comparison looks at, may have another name at the next start. */
        private static String withoutScope(String address) {
            int scope = address.indexOf('%');
            return scope < 0 ? address : address.substring(0, scope);
        }
    }

    /** @param directory made when there is something to write */
    public BanFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("bans");
    }

    /** Says in the log if the directory doesn't seem to be one that can be written. */
    public void warnIfReadOnly() {
        Path existing = directory.toAbsolutePath();
        for (Path parent = existing.getParent();
                parent != null && !Files.exists(existing);
                parent = parent.getParent()) {
            existing = parent;
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            LOG.warn(
                    "Bans last until the next restart only, because {} can't be written: set state.directory to a"
                            + " directory that this user may write",
                    directory);
        }
    }

    /** False if it must stay as it is, since it can't be read. */
    boolean isWritable() {
        return writable;
    }

    /** What it says, as far as it can be understood. */
    List<Entry> read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return entries(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            writable = false;
            LOG.warn(
                    "The bans in {} can't be read ({}): they don't hold, the file stays as it is, and new ones are not"
                            + " kept",
                    file,
                    e.toString());
            return List.of();
        }
    }

    private List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        int firstFault = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    entries.add(Entry.parse(line));
                } catch (IllegalArgumentException e) {
                    LOG.debug("{}, line {} is no ban", file, i + 1, e);
                    firstFault = firstFault == 0 ? i + 1 : firstFault;
                }
            }
        }
        if (firstFault > 0) {
            damaged = true;
            LOG.warn(
                    "Line {} of {} is no ban: the other lines hold, and the file is put aside before it is written"
                            + " anew",
                    firstFault,
                    file);
        }
        return entries;
    }

    /** Replaces the content in one step. */
    void write(List<Entry> entries) throws IOException {
        createDirectory();
        StringBuilder text = new StringBuilder(HEADER);
        entries.forEach(entry -> text.append(entry.line()));
        putAside();
        AtomicReplacement.writeOwn(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void putAside() throws IOException {
        if (damaged) {
            try {
                Files.copy(
                        file,
                        file.resolveSibling("bans.damaged-" + Instant.now().getEpochSecond()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException removed) {
                LOG.debug("The damaged file was taken away", removed);
            }
            damaged = false;
        }
    }

    private void createDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) == null) {
            Files.createDirectories(directory); // no such modes here
        } else {
            Files.createDirectories(directory, OWNERS_ALONE);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
