package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The file {@code bans} in the directory of the server's state: one ban per line, its prefix, its end by the time of day, and
 * how many seconds it was made for. One thread at a time.
 */
public final class BanFile {

    private final StateFile file;

    /** One ban as the file has it. */
    record Entry(AddressPrefix from, Instant end, Duration length) {

        private static final int PARTS = 3;

        /** @throws IllegalArgumentException if the line says something else */
        static Entry parse(String line) {
            String[] parts = line.strip().split(" +", -1);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("not three words");
            }
            int seconds = Integer.parseInt(parts[2]);
            if (seconds < 1) {
                throw new IllegalArgumentException("no time");
            }
            try {
                return new Entry(SavedPrefix.parse(parts[0]), Instant.parse(parts[1]), Duration.ofSeconds(seconds));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a time", e);
            }
        }

        String line() {
            return SavedPrefix.text(from) + " " + end.truncatedTo(ChronoUnit.SECONDS) + " "
                    + Math.ceilDiv(length.toMillis(), 1000L) + "\n";
        }
    }

    /** @param directory made when there is something to write */
    public BanFile(Path directory) {
        file = new StateFile(directory, "bans", "Addresses that may not connect, until when, and for how many seconds");
    }

    /** Says in the log if the directory doesn't seem to be one that can be written. */
    public void warnIfReadOnly() {
        file.warnIfReadOnly();
    }

    /** False if it must stay as it is, since it can't be read. */
    boolean isWritable() {
        return file.isWritable();
    }

    /** What it says, as far as it can be understood. */
    List<Entry> read() {
        return file.read(Entry::parse);
    }

    /** Replaces the content in one step. */
    void write(List<Entry> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()));
        file.write(text.toString());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
