package dev.zeroftpd.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of one account in {@code users.properties}: {@code ftpserver.user.NAME.ATTRIBUTE}. All are Apache FtpServer's,
 * but for the two {@code -total} ones, which are ours. Immutable; any thread.
 */
enum AccountKey {
    PASSWORD("userpassword"),
    HOME("homedirectory"),
    ENABLED("enableflag"),
    WRITE_PERMISSION("writepermission"),
    SESSIONS("maxloginnumber"),
    SESSIONS_PER_ADDRESS("maxloginperip"),
    IDLE_SECONDS("idletime"),
    UPLOAD_RATE("uploadrate"),
    DOWNLOAD_RATE("downloadrate"),
    UPLOAD_RATE_TOTAL("uploadrate-total"),
    DOWNLOAD_RATE_TOTAL("downloadrate-total");

    static final String PREFIX = "ftpserver.user.";

    private final String attribute;

    AccountKey(String attribute) {
        this.attribute = attribute;
    }

    /** The whole key for one account. */
    String forAccount(String name) {
        return PREFIX + name + "." + attribute;
    }

    static Optional<AccountKey> ofAttribute(String attribute) {
        return Arrays.stream(values())
                .filter(key -> key.attribute.equals(attribute))
                .findFirst();
    }

    /** The attribute that a misspelled {@code attribute} most probably means. */
    static AccountKey closestTo(String attribute) {
        String written = attribute.toLowerCase(Locale.ROOT);
        AccountKey closest = PASSWORD;
        int least = Integer.MAX_VALUE;
        for (AccountKey key : values()) {
            int edits = edits(written, key.attribute);
            if (edits < least) {
                closest = key;
                least = edits;
            }
        }
        return closest;
    }

    /** Levenshtein's distance: insertions, deletions and replacements between two words. */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        Arrays.setAll(previous, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
