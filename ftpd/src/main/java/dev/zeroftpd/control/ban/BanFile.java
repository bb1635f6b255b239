package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The file {@code bans} in the directory of the server's state: one ban per line, its prefix, its end by the time of day, how
 * many seconds it was made for, and {@code operator} if the operator made it. One thread at a time.
 */
public final class BanFile extends StateFile<BanFile.Entry> {

    /** One ban as the file has it. */
    record Entry(AddressPrefix from, Instant end, Duration length, BanOrigin origin) {

        private static final int PARTS = 3;

        /** A fourth word. */
        private static final String BY_OPERATOR = "operator";

        /** One that guesses cost. */
        Entry(AddressPrefix from, Instant end, Duration length) {
            this(from, end, length, BanOrigin.GUESSES);
        }

        /** @throws IllegalArgumentException if the line says something else */
        static Entry parse(String line) {
            String[] parts = line.strip().split(" +", -1);
            boolean byOperator = parts.length == PARTS + 1 && parts[PARTS].equals(BY_OPERATOR);
            if (parts.length != PARTS && !byOperator) {
                throw new IllegalArgumentException("not the words of a ban");
            }
            long seconds = Long.parseLong(parts[2]);
            if (seconds < 1 || seconds > Bans.FOR_GOOD.toSeconds()) {
                throw new IllegalArgumentException("no time");
            }
            AddressPrefix from = byOperator ? SavedPrefix.parseRange(parts[0]) : SavedPrefix.parse(parts[0]);
            BanOrigin origin = byOperator ? BanOrigin.OPERATOR : BanOrigin.GUESSES;
            try {
                return new Entry(from, Instant.parse(parts[1]), Duration.ofSeconds(seconds), origin);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a time", e);
            }
        }

        String line() {
            return SavedPrefix.text(from) + " " + end.truncatedTo(ChronoUnit.SECONDS) + " "
                    + Math.ceilDiv(length.toMillis(), 1000L)
                    + (origin == BanOrigin.OPERATOR ? " " + BY_OPERATOR : "");
        }
    }

    /** @param directory made when there is something to write */
    public BanFile(Path directory) {
        super(
                directory,
                "bans",
                "Addresses that may not connect, until when, and for how many seconds",
                new Form<>(Entry::parse, Entry::line));
    }
}
