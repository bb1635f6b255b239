package dev.zeroftpd.control.ban;

import dev.zeroftpd.os.AtomicReplacement;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.OwnDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines in the directory of the server's state, which outlives the process. One thread at a time.
 *
 * <p>What can't be understood in it is never overwritten: it is put aside, or, if it can't even be read, the file stays.
 *
 * @param <T> what one line says
 */
sealed class StateFile<T> permits BanFile, LoginFile {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    /** Several times what the most lines take. */
    private static final long MOST_BYTES = 4 << 20;

    private final Path directory;
    private final Path file;
    private final String header;
    private final Form<T> form;
    private boolean writable = true;
    private boolean damaged;

    /**
     * How a line is written.
     *
     * @param parse throws IllegalArgumentException for a line that says something else
     * @param line without its end
     */
    record Form<T>(Function<String, T> parse, Function<T, String> line) {}

    /**
     * Neither has to exist.
     *
     * @param directory made when there is something to write
     * @param header the first line, for those who look into it
     */
    StateFile(Path directory, String name, String header, Form<T> form) {
        this.directory = directory;
        this.file = directory.resolve(name);
        this.header = "# " + header + "; edit only while the server is stopped.\n";
        this.form = form;
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
                    "Bans and good log-ins are known until the next restart only, because {} can't be written: set"
                            + " state.directory to a directory that this user may write",
                    directory);
        }
    }

    /** False if it must stay as it is, since it can't be read. */
    boolean isWritable() {
        return writable;
    }

    /** What it says, as far as it can be understood. */
    List<T> read() {
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
                    "{} can't be read ({}): what it says doesn't hold, it stays as it is, and nothing new is kept",
                    file,
                    FailureReason.of(e));
            return List.of();
        }
    }

    private List<T> entries(List<String> lines) {
        List<T> entries = new ArrayList<>();
        int firstFault = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    entries.add(form.parse().apply(line));
                } catch (IllegalArgumentException e) {
                    LOG.debug("{}, line {} can't be understood", file, i + 1, e);
                    firstFault = firstFault == 0 ? i + 1 : firstFault;
                }
            }
        }
        if (firstFault > 0) {
            damaged = true;
            LOG.warn(
                    "Line {} of {} can't be understood: the other lines hold, and the file is put aside before it is"
                            + " written anew",
                    firstFault,
                    file);
        }
        return entries;
    }

    /** Replaces the content in one step. */
    void write(List<T> entries) throws IOException {
        String lines =
                entries.stream().map(form.line().andThen(line -> line + "\n")).collect(Collectors.joining());
        OwnDirectory.make(directory);
        putAside();
        AtomicReplacement.writeOwn(file, (header + lines).getBytes(StandardCharsets.US_ASCII));
    }

    private void putAside() throws IOException {
        if (damaged) {
            try {
                Files.copy(
                        file,
                        file.resolveSibling(
                                file.getFileName() + ".damaged-" + Instant.now().getEpochSecond()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException removed) {
                LOG.debug("The damaged file was taken away", removed);
            }
            damaged = false;
        }
    }

    @Override
    public final String toString() {
        return file.toString();
    }
}
