package dev.zeroftpd.cli;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.os.HostAndPort;
import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.source.InstalledSources;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
        plugins().forEach(text -> lines.add(line("Plugin", text)));
        String source = settings.users()
                .source()
                .map(choice -> ", and more from " + choice.name())
                .orElse("");
        lines.add(line("Accounts", settings.users().file() + source));
        for (Account account : accounts.all()) {
            lines.add(line("", account(account)));
        }
        return lines;
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-14s %s", name, value);
    }

    private static String listener(ListenerSettings listener) {
        String tls = listener.tls() == TlsMode.OFF
                ? "without TLS"
                : "TLS " + listener.tls().name().toLowerCase(Locale.ROOT);
        return HostAndPort.text(listener.address(), listener.port()) + " (" + tls + ")";
    }

    private String passive() {
        PortRange ports = settings.passive().ports();
        String range = ports.isAny() ? "any free port" : ports.toString();
        return range
                + settings.passive().address().map(a -> ", announced as " + a).orElse("");
    }

    /** Each jar, and what its kind of plugin brings. */
    private static List<String> plugins() {
        List<String> lines = new ArrayList<>();
        PluginJars jars = PluginJars.ofProcess();
        jars.files().forEach(file -> lines.add(file.toString()));
        if (!lines.isEmpty()) {
            InstalledSources.names().forEach(name -> lines.add("users.source=" + name));
            FileSystemProvider.installedProviders().stream()
                    .filter(provider -> !provider.getClass().getModule().isNamed()) // Java's own are in modules
                    .forEach(provider -> lines.add("homes such as " + provider.getScheme() + ":/"));
        }
        return lines;
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
        String permission = account.rights().equals(Rights.ALL)
                ? "read and write"
                : account.rights().equals(Rights.READ)
                        ? "read only"
                        : account.rights().toString();
        String state = account.getEnabled() ? permission : "disabled";
        String groups = account.groups().isEmpty() ? "" : ", in " + String.join(", ", account.groups());
        return account.getName() + ": " + state + ", " + account.getHomeDirectory() + groups;
    }
}
