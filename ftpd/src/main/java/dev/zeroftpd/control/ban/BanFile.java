package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file {@code bans} in the directory of the server's state: one ban per line, its prefix, its end by the time of day, how
 * many seconds it was made for, {@code operator} or {@code guesses} for who made it, and why. A line of an older version ends
 * with {@code operator}, or before it. One thread at a time.
 */
public final class BanFile extends StateFile<BanFile.Entry> {

    /** One ban as the file has it. */
    record Entry(AddressPrefix from, Instant end, Duration length, BanOrigin origin, Optional<String> why) {

        private static final int PARTS = 3;

        /** The last part has blanks in it. */
        private static final int MOST_PARTS = 5;

        /** @throws IllegalArgumentException if the line says something else */
        static Entry parse(String line) {
            String[] parts = line.strip().split(" +", MOST_PARTS);
            if (parts.length < PARTS) {
                throw new IllegalArgumentException("not the words of a ban");
            }
            long seconds = Long.parseLong(parts[2]);
            if (seconds < 1 || seconds > Bans.FOR_GOOD.toSeconds()) {
                throw new IllegalArgumentException("no time");
            }
            BanOrigin origin = parts.length == PARTS ? BanOrigin.GUESSES : origin(parts[PARTS]);
            AddressPrefix from =
                    origin == BanOrigin.OPERATOR ? SavedPrefix.parseRange(parts[0]) : SavedPrefix.parse(parts[0]);
            Optional<String> why = parts.length == MOST_PARTS ? Optional.of(parts[MOST_PARTS - 1]) : Optional.empty();
            try {
                return new Entry(from, Instant.parse(parts[1]), Duration.ofSeconds(seconds), origin, why);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("not a time", e);
            }
        }

        private static BanOrigin origin(String word) {
            return Stream.of(BanOrigin.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("made by neither"));
        }

        String line() {
            return SavedPrefix.text(from) + " " + end.truncatedTo(ChronoUnit.SECONDS) + " "
                    + Math.ceilDiv(length.toMillis(), 1000L)
                    + " " + origin.word()
                    + why.map(text -> " " + text).orElse("");
        }
    }

    /** @param directory made when there is something to write */
    public BanFile(Path directory) {
        super(
                directory,
                "bans",
                "Addresses that may not connect, until when, for how many seconds, made by whom, and why",
                new Form<>(Entry::parse, Entry::line));
    }
}
