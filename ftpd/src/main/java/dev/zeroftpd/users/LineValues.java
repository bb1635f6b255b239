package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.Units;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the flags, numbers and rates of one account or group. One thread. */
record LineValues(EffectiveLines lines, Findings findings) {

    /** What Apache FtpServer takes for a rate, too. */
    private static final Pattern NEGATIVE = Pattern.compile("-\\d+");

    private static final Pattern PERCENT = Pattern.compile("(0|100(?=%)|[1-9]\\d?(?=%))%?");

    /** Some 270 years at most. */
    private static final Pattern DAYS = Pattern.compile("(0|[1-9]\\d{0,4}(?=d))d?");

    boolean flag(AccountKey key, boolean unset) {
        return flag(key).orElse(unset);
    }

    /** Empty where none is written, or nothing that can be used. */
    Optional<Boolean> flag(AccountKey key) {
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String written = line.get().stripped();
        if (written.equalsIgnoreCase("true") || written.equalsIgnoreCase("false")) {
            return Optional.of(Boolean.parseBoolean(written));
        }
        report(line.get(), " is neither true nor false", "write true or false");
        return Optional.empty();
    }

    /** Bytes a second; as with Apache FtpServer, everything below 1 is no limit. */
    long rate(AccountKey key) {
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (line.isEmpty() || NEGATIVE.matcher(line.get().stripped()).matches()) {
            return 0;
        }
        Optional<Long> bytes = Units.bytes(line.get().stripped());
        if (bytes.isEmpty()) {
            report(line.get(), " is not a number of bytes a second", Units.HOW_TO_WRITE_BYTES + ", or 0 for no limit");
        }
        return bytes.orElse(0L);
    }

    /** Bytes; 0 where nothing is written. */
    long bytes(AccountKey key) {
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (line.isEmpty()) {
            return 0;
        }
        Optional<Long> bytes = Units.bytes(line.get().stripped());
        if (bytes.isEmpty()) {
            report(line.get(), " is not a number of bytes", Units.HOW_TO_WRITE_BYTES + ", or 0 for no limit");
        }
        return bytes.orElse(0L);
    }

    /** Such as {@code 80%}. */
    int percent(AccountKey key, int unset) {
        return counted(key, PERCENT, unset, "write a part such as 80%, or 0 for never");
    }

    /** Such as {@code 30d}; 0 where nothing is written. */
    int days(AccountKey key) {
        return counted(key, DAYS, 0, "write whole days such as 30d, or 0 for no end");
    }

    /** The number in front of a unit, which only 0 need not have. */
    private int counted(AccountKey key, Pattern form, int unset, String remedy) {
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (line.isEmpty()) {
            return unset;
        }
        Matcher matcher = form.matcher(line.get().stripped());
        if (!matcher.matches()) {
            report(line.get(), " can't be understood", remedy);
            return unset;
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** From 0 to the largest {@code int}. */
    int number(AccountKey key) {
        long number = whole(key);
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (number < 0 && line.isPresent()) {
            report(line.get(), " is negative", "write 0 for no limit");
        }
        return clamped(number);
    }

    /** The same, but a negative one is 0. */
    int numberOrNone(AccountKey key) {
        return clamped(whole(key));
    }

    private long whole(AccountKey key) {
        Optional<EffectiveLines.Line> line = lines.find(key);
        if (line.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(line.get().stripped());
        } catch (NumberFormatException e) {
            report(line.get(), " is not a whole number", "write digits only, 0 for no limit");
            return 0;
        }
    }

    private static int clamped(long number) {
        return Math.clamp(number, 0, Integer.MAX_VALUE);
    }

    private void report(EffectiveLines.Line line, String what, String remedy) {
        findings.reportValue(line.entry(), line.key() + "=" + line.stripped() + what, remedy);
    }
}
