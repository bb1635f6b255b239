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
import org.jspecify.annotations.Nullable;

/** Reads the users in a dump of SFTPGo: {@code {"users":[{"username":…}],…}}. Stateless; any thread. */
final class SftpgoDump {

    /** All that may change files. */
    private static final Set<String> WRITING = Set.of("upload", "overwrite", "delete", "rename", "create_dirs");

    private static final Set<String> READING = Set.of("list", "download");

    /** SFTPGo's rates are KiB a second. */
    private static final long KIB = 1024;

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
        account.hash(text(user.get("password")));
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
            account.wasRestricted("expires at " + Instant.ofEpochMilli(expires));
        }
        takePermissions(account, user.get("permissions"));
        takeFilters(account, user.get("filters"));
        takeStorage(account, user);
        return account;
    }

    /** Ours are reading, or reading and writing: an account gets less rather than more than it had. */
    private static void takePermissions(ForeignAccount account, @Nullable Object permissions) {
        if (!(permissions instanceof Map<?, ?> byPath)) {
            account.refuse("it has no permissions");
            return;
        }
        Set<String> root = texts(byPath.get("/"));
        boolean all = root.contains("*");
        if (!all && !root.containsAll(READING)) {
            account.refuse("it may not list and download, which accounts here always may");
        }
        boolean writes = all || root.containsAll(WRITING);
        account.writes(writes);
        if (!writes && root.stream().anyMatch(WRITING::contains)) {
            account.loses("its permissions "
                    + String.join(", ", root.stream().sorted().toList())
                    + " (there is all or reading here, and it gets reading)");
        }
        for (Object path : byPath.keySet()) {
            if (!path.equals("/")) {
                account.wasRestricted("has permissions of their own for " + path);
            }
        }
    }

    private static void takeFilters(ForeignAccount account, @Nullable Object filters) {
        if (!(filters instanceof Map<?, ?> values)) {
            return;
        }
        restricted(account, "is for clients from ", values.get("allowed_ip"));
        restricted(account, "isn't for clients from ", values.get("denied_ip"));
        restricted(account, "may not log in by ", values.get("denied_login_methods"));
        restricted(account, "has times of access: ", values.get("access_time"));
        restricted(account, "has patterns of file names: ", values.get("file_patterns"));
        if (texts(values.get("denied_protocols")).contains("FTP")) {
            account.refuse("it may not use FTP");
        }
        if (number(values.get("max_upload_file_size")) > 0) {
            account.loses("its largest file of " + number(values.get("max_upload_file_size")) + " bytes");
        }
        if (number(values.get("ftp_security")) == 1) {
            account.wasRestricted("must use TLS");
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
        if (number(user.get("quota_size")) > 0) {
            account.loses("its quota of " + number(user.get("quota_size")) + " bytes");
        }
        if (number(user.get("quota_files")) > 0) {
            account.loses("its quota of " + number(user.get("quota_files")) + " files");
        }
        if (user.get("virtual_folders") instanceof Collection<?> folders && !folders.isEmpty()) {
            account.loses("its virtual folders");
        }
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

    private static Set<String> texts(@Nullable Object values) {
        return values instanceof Collection<?> several
                ? Set.copyOf(several.stream().map(String::valueOf).toList())
                : Set.of();
    }
}
