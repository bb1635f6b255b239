package dev.zeroftpd.it.clients;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as commands have them (RFC 3659, 2.3). Stateless. */
final class FtpTime {

    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    private FtpTime() {}

    static String of(Instant time) {
        return DIGITS.format(time);
    }

    static Instant parse(String digits) {
        return DIGITS.parse(digits.strip(), Instant::from);
    }
}
