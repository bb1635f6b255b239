package dev.zeroftpd.users.migration;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the users in a dump of SFTPGo: {@code {"users":[{"username":…}],…}}. Stateless; any thread. */
final class SftpgoDump {

    /** SFTPGo's rates are KiB a second. */
    private static final long KIB = 1024;

    /** As a protocol. */
    private static final String FTP = "FTP";

    /** Digests without salt, in hex digits, which stand without a mark here. */
    private static final Pattern DIGEST = Pattern.compile("\\{(?:MD5|SHA256|SHA512)\\}([0-9a-fA-F]+)");

    private SftpgoDump() {}

    static List<ForeignAccount> read(Path file) throws ConfigException {
        Map<?, ?> dump;
        try {
            dump = JSON.std.mapFrom(ForeignLines.text(file));
        } catch (IOException e) {
            throw ForeignLines.problem(file, "is no JSON", "name the file that SFTPGo's dumpdata has written", e);
        }
        if (!(dump.get("users") instanceof List<?> users)) {
            throw ForeignLines.problem(
                    file, "has no users in it", "name the file that SFTPGo's dumpdata has written", null);
        }
        List<ForeignAccount> accounts = new ArrayList<>();
        for (Object user : users) {
            if (user instanceof Map<?, ?> values) {
                accounts.add(account("user " + (accounts.size() + 1), values));
            }
        }
        return accounts;
    }

    private static ForeignAccount account(String where, Map<?, ?> user) {
        ForeignAccount account = new ForeignAccount(where, text(user.get("username")));
        String stored = text(user.get("password"));
        Matcher digest = DIGEST.matcher(stored);
        account.hash(digest.matches() ? digest.group(1) : stored);
        if (account.hash().isEmpty()) {
            account.refuse("it has no password");
        }
        account.home(text(user.get("home_dir")));
        if (number(user.get("status")) != 1) {
            account.disable();
        }
        account.limit("maxloginnumber", Long.toString(number(user.get("max_sessions"))));
        account.limit("uploadrate", Long.toString(number(user.get("upload_bandwidth")) * KIB));
        account.limit("downloadrate", Long.toString(number(user.get("download_bandwidth")) * KIB));
        long expires = number(user.get("expiration_date"));
        if (expires > 0) {
            account.attributes().put("expires", Instant.ofEpochMilli(expires).toString());
        }
        SftpgoPermissions.take(account, user.get("permissions"));
        takeFilters(account, user.get("filters"));
        takeStorage(account, user);
        return account;
    }

    private static void takeFilters(ForeignAccount account, @Nullable Object filters) {
        if (!(filters instanceof Map<?, ?> values)) {
            return;
        }
        Set<String> allowed = new TreeSet<>(texts(values.get("allowed_ip")));
        if (!allowed.isEmpty()) {
            account.isForClientsFrom(allowed);
        }
        restricted(account, "isn't for clients from ", values.get("denied_ip"));
        if (texts(values.get("denied_login_methods")).contains("password")) {
            account.wasRestricted("may not log in by password"); // the other methods are those of SSH and certificates
        }
        restricted(account, "has times of access: ", values.get("access_time"));
        restricted(account, "has patterns of file names: ", values.get("file_patterns"));
        if (texts(values.get("denied_protocols")).contains(FTP)) {
            account.refuse("it may not use FTP");
        }
        account.limit("upload-size-max", Long.toString(number(values.get("max_upload_file_size"))));
        if (number(values.get("ftp_security")) == 1) {
            account.attributes().put("tls", "required");
            account.loses("TLS for its data connections, too (listener.data-tls=required asks that of all accounts)");
        }
        takeSecondFactor(account, values);
        if (number(values.get("password_expiration")) > 0) {
            account.wasRestricted(
                    "must change its password every " + number(values.get("password_expiration")) + " days");
        }
        if (Boolean.TRUE.equals(values.get("require_password_change"))) {
            account.wasRestricted("must change its password");
        }
        lost(account, "its rates by address", values.get("bandwidth_limits"));
        lost(account, "its limits of data by address", values.get("data_transfer_limits"));
        if (!text(values.get("start_directory")).isEmpty()) {
            account.loses("the directory " + text(values.get("start_directory")) + " that it begins in");
        }
    }

    /** Of one-time codes, FTP clients put them behind the password. */
    private static void takeSecondFactor(ForeignAccount account, Map<?, ?> filters) {
        boolean asked = filters.get("totp_config") instanceof Map<?, ?> codes
                && Boolean.TRUE.equals(codes.get("enabled"))
                && texts(codes.get("protocols")).contains(FTP);
        boolean required = Stream.of("two_factor_protocols", "2fa_protocols") // the latter in old dumps
                .anyMatch(key -> texts(filters.get(key)).contains(FTP));
        if (asked || required) {
            account.wasRestricted("needs a second factor");
        }
    }

    private static void lost(ForeignAccount account, String what, @Nullable Object values) {
        if (values instanceof Collection<?> several && !several.isEmpty()) {
            account.loses(what);
        }
    }

    private static void restricted(ForeignAccount account, String how, @Nullable Object values) {
        if (values instanceof Collection<?> several && !several.isEmpty()) {
            account.wasRestricted(how + String.join(", ", texts(several)));
        }
    }

    private static void takeStorage(ForeignAccount account, Map<?, ?> user) {
        if (user.get("filesystem") instanceof Map<?, ?> system && number(system.get("provider")) != 0) {
            account.refuse(
                    "its files are not in a directory (SFTPGo's provider " + number(system.get("provider")) + ")");
        }
        account.limit("quota-bytes", Long.toString(number(user.get("quota_size"))));
        account.limit("quota-files", Long.toString(number(user.get("quota_files"))));
        for (String limit : List.of("upload_data_transfer", "download_data_transfer", "total_data_transfer")) {
            if (number(user.get(limit)) > 0) {
                account.loses("its " + limit.replace('_', ' ') + " of " + number(user.get(limit)) + " MB");
            }
        }
        lost(account, "its virtual folders", user.get("virtual_folders"));
        if (user.get("groups") instanceof Collection<?> groups && !groups.isEmpty()) {
            account.wasRestricted("is in groups, whose rules aren't read");
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    static Set<String> texts(@Nullable Object values) {
        return values instanceof Collection<?> several
                ? Set.copyOf(several.stream().map(String::valueOf).toList())
                : Set.of();
    }
}
