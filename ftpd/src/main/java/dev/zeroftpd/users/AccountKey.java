package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.NearestName;
import java.util.Arrays;
import java.util.Comparator;
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
        return Arrays.stream(values())
                .min(Comparator.comparingInt(key -> NearestName.distance(written, key.attribute)))
                .orElse(PASSWORD);
    }
}
