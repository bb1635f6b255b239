package dev.zeroftpd.command.file;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** POSIX permissions as clients write them. Stateless; any thread. */
final class Permissions {

    /** Octal; set-user-ID and its like (a leading digit that is not 0) are not a client's to give. */
    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");

    private Permissions() {}

    /** 0 to 0777, or empty if {@code text} is anything else. */
    static OptionalInt parse(String text) {
        return OCTAL.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text, 8)) : OptionalInt.empty();
    }
}
