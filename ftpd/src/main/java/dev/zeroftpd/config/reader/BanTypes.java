package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.FailureRate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the texts of {@code ban.*} become values. Stateless; any thread. */
final class BanTypes {

    private static final String RATE_REMEDY =
            "write COUNT/TIME, such as 10/10m, with a count from 1 to " + FailureRate.MOST + ", or 0 for no bans";

    /** Delays grow with the failures of this time where there are no bans. */
    private static final Duration WITHOUT_BANS = Duration.ofMinutes(10);

    private BanTypes() {}

    /** {@code 10/10m}, or {@code 0}. */
    static ValueType<FailureRate> failureRate() {
        return (text, base) -> {
            if (text.equals("0")) {
                return new FailureRate(0, WITHOUT_BANS);
            }
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new InvalidValue("is not a number of failures within a time", RATE_REMEDY);
            }
            Duration within = Units.duration(Duration.ofMillis(1))
                    .parse(text.substring(slash + 1).strip(), base);
            return new FailureRate(count(text.substring(0, slash).strip(), base), within);
        };
    }

    private static int count(String text, Path base) throws InvalidValue {
        try {
            return ValueType.wholeNumber(1, FailureRate.MOST).parse(text, base);
        } catch (InvalidValue e) {
            throw new InvalidValue("is not a number of failures within a time", RATE_REMEDY);
        }
    }

    /** Addresses and CIDR ranges with commas between them; may be empty. */
    static ValueType<List<AddressRange>> addressRanges() {
        return (text, base) -> {
            List<AddressRange> ranges = new ArrayList<>();
            for (String word : text.split(",", -1)) {
                if (!word.isBlank()) {
                    ranges.add(addressRange(word.strip()));
                }
            }
            return List.copyOf(ranges);
        };
    }

    private static AddressRange addressRange(String text) throws InvalidValue {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(
                    "names " + text + ", which is no address or range",
                    "write addresses such as 192.0.2.7, or ranges such as 192.0.2.0/24 or 2001:db8::/48");
        }
    }
}
