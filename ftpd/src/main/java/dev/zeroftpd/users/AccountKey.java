package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.NearestName;
import dev.zeroftpd.users.certificate.AcceptedCertificates;
import dev.zeroftpd.users.limit.StorageLimits;
import dev.zeroftpd.users.name.GroupPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one account in {@code users.properties}, {@code ftpserver.user.NAME.ATTRIBUTE}, and of a group,
 * {@code ftpserver.group.NAME.ATTRIBUTE}. Those down to {@link #DOWNLOAD_RATE} are Apache FtpServer's, the others ours.
 * Immutable; any thread.
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
    QUOTA_BYTES("quota-bytes"),
    QUOTA_FILES("quota-files"),
    QUOTA_WARN("quota-warn"),
    UPLOAD_SIZE_MAX("upload-size-max"),
    RETENTION("retention"),
    GROUPS("groups"),
    PERMISSIONS("permissions"),
    FOLDER("folder"),
    ALLOW_FROM("allow-from"),
    EXPIRES("expires"),
    TLS("tls"),
    CERTIFICATE("certificate"),
    ROLE("role");

    /** Never changed; it finds faster than Java's unmodifiable maps, and is asked for each line. */
    private static final Map<String, AccountKey> BY_ATTRIBUTE = new HashMap<>();

    static {
        for (AccountKey key : values()) {
            BY_ATTRIBUTE.put(key.attribute, key);
        }
    }

    private final String attribute;

    AccountKey(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }

    /** Whether a group may have it: all but what makes an account one of its own. */
    boolean isForGroups() {
        return this != PASSWORD && this != GROUPS;
    }

    /** Whether it may be said for single directories: {@code permissions./incoming}. */
    boolean takesPaths() {
        return this == PERMISSIONS || this == FOLDER;
    }

    /** Whether it means nothing without one. */
    boolean isForPathsOnly() {
        return this == FOLDER;
    }

    /** Whether its value is a path, in which a group may write <code>${user}</code>. */
    boolean isPath() {
        return this == HOME || this == FOLDER;
    }

    /** What a group's value means for a member, whose name it may have in it. */
    String forMember(String value, String name) {
        if (isPath()) {
            return GroupPath.forMember(value, name);
        }
        return this == CERTIFICATE ? AcceptedCertificates.forMember(value, name) : value;
    }

    /** What counts where none is written. */
    String defaultText() {
        return switch (this) {
            case PASSWORD, HOME, GROUPS -> "";
            case ENABLED -> "true";
            case WRITE_PERMISSION -> "false";
            case SESSIONS,
                    SESSIONS_PER_ADDRESS,
                    IDLE_SECONDS,
                    UPLOAD_RATE,
                    DOWNLOAD_RATE,
                    UPLOAD_RATE_TOTAL,
                    DOWNLOAD_RATE_TOTAL,
                    QUOTA_BYTES,
                    QUOTA_FILES,
                    UPLOAD_SIZE_MAX,
                    RETENTION -> "0";
            case QUOTA_WARN -> StorageLimits.DEFAULT_WARNING + "%";
            case PERMISSIONS -> "read";
            case FOLDER -> "none";
            case ALLOW_FROM -> "all addresses";
            case EXPIRES -> "never";
            case TLS -> "optional";
            case CERTIFICATE -> "none";
            case ROLE -> "user";
        };
    }

    /** The whole key for one account. */
    String forAccount(String name) {
        return Attribute.of(this).forAccount(name);
    }

    static Optional<AccountKey> ofAttribute(String attribute) {
        return Optional.ofNullable(BY_ATTRIBUTE.get(attribute));
    }

    /**
     * What to do about a misspelled {@code attribute}: the nearest one, or all that there are.
     *
     * @param prefix what stands before the attribute
     */
    static String remedyFor(String attribute, String prefix) {
        List<String> all = Arrays.stream(values()).map(key -> key.attribute).toList();
        return NearestName.to(attribute.toLowerCase(Locale.ROOT), all)
                .map(nearest -> "did you mean " + prefix + nearest + "?")
                .orElse("remove it, or use one of " + String.join(", ", all));
    }
}
