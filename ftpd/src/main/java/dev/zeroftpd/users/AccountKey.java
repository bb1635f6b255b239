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

    String attribute() {
        return attribute;
    }

    /** What counts where none is written. */
    String defaultText() {
        return switch (this) {
            case PASSWORD, HOME -> "";
            case ENABLED -> "true";
            case WRITE_PERMISSION -> "false";
            case SESSIONS,
                    SESSIONS_PER_ADDRESS,
                    IDLE_SECONDS,
                    UPLOAD_RATE,
                    DOWNLOAD_RATE,
                    UPLOAD_RATE_TOTAL,
                    DOWNLOAD_RATE_TOTAL -> "0";
            case ROLE -> "user";
        };
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
