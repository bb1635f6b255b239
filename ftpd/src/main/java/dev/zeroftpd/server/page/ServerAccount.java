package dev.zeroftpd.server.page;

import dev.zeroftpd.admin.page.source.ListedAccount;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.VirtualFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One account of the server. Immutable; any thread. */
record ServerAccount(Account account) implements ListedAccount {

    @Override
    public String name() {
        return account.getName();
    }

    @Override
    public List<String> groups() {
        return account.groups();
    }

    @Override
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("enabled", account.getEnabled());
        fields.put("groups", account.groups());
        fields.put("role", role());
        fields.put("home", account.getHomeDirectory());
        fields.put("tls_required", account.rules().tlsRequired());
        fields.put("expires", account.rules().expires().map(Instant::toString).orElse(null));
        fields.put("rights", rights(account.rights()));
        fields.put(
                "folders", account.folders().stream().map(ServerAccount::folder).toList());
        fields.put("warn_percent", account.storage().warnPercent());
        return fields;
    }

    private String role() {
        if (account.isAdministrator()) {
            return "admin";
        }
        return account.administeredGroup().map("admin:"::concat).orElse("user");
    }

    /** The root of the home first, then each directory with rights of its own. */
    private static List<Map<String, String>> rights(Rights rights) {
        List<Map<String, String>> lines = new ArrayList<>();
        if (!rights.paths().contains("/")) {
            lines.add(right("/", rights));
        }
        rights.paths().forEach(path -> lines.add(right(path, rights)));
        return lines;
    }

    private static Map<String, String> right(String path, Rights rights) {
        Map<String, String> right = new LinkedHashMap<>();
        right.put("path", path);
        right.put("permissions", Permission.text(rights.at(path)));
        return right;
    }

    private static Map<String, Object> folder(VirtualFolder folder) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", folder.at());
        fields.put("target", folder.root());
        fields.put("read_only", folder.readOnly());
        return fields;
    }
}
