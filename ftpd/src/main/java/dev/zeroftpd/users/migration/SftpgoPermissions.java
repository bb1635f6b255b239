package dev.zeroftpd.users.migration;

import dev.zeroftpd.rights.Permission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a user of SFTPGo may do, {@code {"/":["list","download"],"/in":["*"]}}: there too, the longest path counts.
 * Stateless; any thread.
 */
final class SftpgoPermissions {

    private static final Map<String, Set<Permission>> MEANT = Map.ofEntries(
            Map.entry("*", Permission.ALL),
            Map.entry("list", EnumSet.of(Permission.LIST)),
            Map.entry("download", EnumSet.of(Permission.DOWNLOAD)),
            Map.entry("upload", EnumSet.of(Permission.UPLOAD)),
            Map.entry("overwrite", EnumSet.of(Permission.OVERWRITE, Permission.APPEND)),
            Map.entry("delete", EnumSet.of(Permission.DELETE, Permission.RMDIR)),
            Map.entry("delete_files", EnumSet.of(Permission.DELETE)),
            Map.entry("delete_dirs", EnumSet.of(Permission.RMDIR)),
            Map.entry("rename", EnumSet.of(Permission.RENAME)),
            Map.entry("create_dirs", EnumSet.of(Permission.MKDIR)));

    /** Two there, one here, which an account has that has both. */
    private static final Map<Set<String>, Permission> TOGETHER = Map.of(
            Set.of("rename_files", "rename_dirs"), Permission.RENAME,
            Set.of("chmod", "chtimes"), Permission.ATTRIBUTES);

    /** SFTPGo reads them in paths. */
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\\\]");

    private SftpgoPermissions() {}

    static void take(ForeignAccount account, @Nullable Object permissions) {
        if (!(permissions instanceof Map<?, ?> byPath)) {
            account.refuse("it has no permissions");
            return;
        }
        Set<Permission> home = meantBy(account, "/", byPath.get("/"));
        if (byPath.size() == 1 && home.equals(Permission.ALL)) {
            account.writes(true); // what Apache FtpServer understands, too
        } else if (byPath.size() == 1 && home.equals(Permission.READ)) {
            account.writes(false);
        } else {
            account.attributes().put("permissions", Permission.text(home));
        }
        byPath.forEach((path, own) -> takeOf(account, String.valueOf(path), own));
    }

    private static void takeOf(ForeignAccount account, String path, @Nullable Object own) {
        if (path.equals("/")) {
            return;
        }
        boolean plain = path.startsWith("/")
                && !WILDCARD.matcher(path).find()
                && !path.matches(".*(//|/\\.\\.?(/|$)|\\p{Cntrl}).*");
        if (plain) {
            account.attributes().put("permissions." + path, Permission.text(meantBy(account, path, own)));
        } else {
            account.wasRestricted("has permissions of their own for " + path);
        }
    }

    private static Set<Permission> meantBy(ForeignAccount account, String path, @Nullable Object list) {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        Set<String> words = new TreeSet<>(SftpgoDump.texts(list));
        TOGETHER.forEach((parts, permission) -> {
            if (words.containsAll(parts)) {
                all.add(permission);
                words.removeAll(parts);
            }
        });
        Set<String> lost = new TreeSet<>();
        for (String word : words) {
            Set<Permission> meant = MEANT.getOrDefault(word, Set.of());
            all.addAll(meant);
            if (meant.isEmpty()) {
                lost.add(word);
            }
        }
        if (!lost.isEmpty() && !words.contains("*")) {
            account.loses("its permission for " + path + " to " + String.join(", ", lost));
        }
        return all;
    }
}
