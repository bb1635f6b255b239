package dev.zeroftpd.cli;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.ftpserver.usermanager.impl.WriteRequest;

/** What a valid configuration serves, in lines for people. Immutable; any thread. */
final class ServedSummary {

    private final Settings settings;
    private final Accounts accounts;

    ServedSummary(Settings settings, Accounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("Configuration", settings.file().map(Path::toString).orElse("none: defaults")));
        for (ListenerSettings listener : settings.listeners()) {
            lines.add(line("Listens on", listener(listener)));
        }
        lines.add(line("Passive ports", passive()));
        lines.add(line("Zero-copy", settings.transfer().zeroCopy().name().toLowerCase(Locale.ROOT)));
        lines.add(line("Bans", bans()));
        lines.add(line("Metrics", metrics()));
        lines.add(line("Accounts", settings.users().file().toString()));
        for (Account account : accounts.all()) {
            lines.add(line("", account(account)));
        }
        return lines;
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-14s %s", name, value);
    }

    private static String listener(ListenerSettings listener) {
        String address = listener.address().contains(":") ? "[" + listener.address() + "]" : listener.address();
        String tls = listener.tls() == TlsMode.OFF
                ? "without TLS"
                : "TLS " + listener.tls().name().toLowerCase(Locale.ROOT);
        return address + ":" + listener.port() + " (" + tls + ")";
    }

    private String passive() {
        PortRange ports = settings.passive().ports();
        String range = ports.isAny() ? "any free port" : ports.toString();
        return range
                + settings.passive().address().map(a -> ", announced as " + a).orElse("");
    }

    private String bans() {
        return settings.bans().enabled() ? "kept in " + settings.stateDirectory() : "none";
    }

    private String metrics() {
        AdminSettings admin = settings.admin();
        String scheme = admin.tls() ? "https://" : "http://";
        return admin.http()
                .map(http -> scheme + http + admin.pathPrefix() + "metrics, for "
                        + admin.allowFrom().stream().map(Object::toString).collect(Collectors.joining(", "))
                        + (admin.metricsToken().isPresent() ? ", with a token" : ""))
                .orElse("none");
    }

    static String account(Account account) {
        String permission = account.authorize(new WriteRequest()) != null ? "read and write" : "read only";
        String state = account.getEnabled() ? permission : "disabled";
        return account.getName() + ": " + state + ", " + account.getHomeDirectory();
    }
}
