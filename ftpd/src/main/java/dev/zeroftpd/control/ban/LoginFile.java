package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The file {@code good-logins} in the directory of the server's state: one address or prefix per line, and when somebody
 * there logged in last, by the time of day. It names no accounts. One thread at a time.
 */
public final class LoginFile {

    private final StateFile file;

    /** One line. */
    record Entry(AddressPrefix from, Instant last) {

        /** @throws IllegalArgumentException if the line says something else */
        static Entry parse(String line) {
            String[] parts = line.strip().split(" +", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("not two words");
            }
            try {
                return new Entry(SavedPrefix.parse(parts[0]), Instant.parse(parts[1]));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a time", e);
            }
        }

        String line() {
            return SavedPrefix.text(from) + " " + last.truncatedTo(ChronoUnit.SECONDS) + "\n";
        }
    }

    /** @param directory made when there is something to write */
    public LoginFile(Path directory) {
        file = new StateFile(
                directory, "good-logins", "Addresses from which somebody logged in with a password, and when last");
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
