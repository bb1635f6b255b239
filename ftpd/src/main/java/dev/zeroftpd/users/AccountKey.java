package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of one account in {@code users.properties}: {@code ftpserver.user.NAME.ATTRIBUTE}. All are Apache FtpServer's,
 * but for the two {@code -total} ones and the role, which are ours. Immutable; any thread.
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
    DOWNLOAD_RATE_TOTAL("downloadrate-total"),
    ROLE("role");

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

    /** What to do about a misspelled {@code attribute} of the account {@code name}: the nearest one, or all that there are. */
    static String remedyFor(String attribute, String name) {
        List<String> all = Arrays.stream(values()).map(key -> key.attribute).toList();
        return NearestName.to(attribute.toLowerCase(Locale.ROOT), all)
                .map(nearest -> "did you mean " + PREFIX + name + "." + nearest + "?")
                .orElse("remove it, or use one of " + String.join(", ", all));
    }
}
