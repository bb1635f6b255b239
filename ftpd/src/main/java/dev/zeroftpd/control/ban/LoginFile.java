package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The file {@code good-logins} in the directory of the server's state: one address or prefix per line, and when somebody
 * there logged in last, by the time of day. It names no accounts. One thread at a time.
 */
public final class LoginFile extends StateFile<LoginFile.Entry> {

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
            return SavedPrefix.text(from) + " " + last.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** @param directory made when there is something to write */
    public LoginFile(Path directory) {
        super(
                directory,
                "good-logins",
                "Addresses from which somebody logged in with a password, and when last",
                new Form<>(Entry::parse, Entry::line));
    }
}
