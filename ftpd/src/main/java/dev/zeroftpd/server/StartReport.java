package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.plugin.PluginJars;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.ftpserver.impl.DefaultFtpServer;

/** What a server says of itself when it has started: version, configuration, accounts, listeners. Stateless. */
final class StartReport {

    private StartReport() {}

    static String of(Settings settings, ServerParts parts, DefaultFtpServer server) {
        String version = Optional.ofNullable(StartReport.class.getPackage().getImplementationVersion())
                .map(number -> " " + number)
                .orElse("");
        int accounts = parts.accounts();
        return "ZeroFTPd" + version + " started, "
                + settings.file()
                        .map(Path::toString)
                        .map("configuration "::concat)
                        .orElse("without configuration file")
                + ", " + (accounts == 1 ? "1 account" : accounts + " accounts") + plugins(settings) + ", listening on "
                + settings.listeners().stream()
                        .map(listener -> listener(listener, parts, server))
                        .collect(Collectors.joining(", "));
    }

    /** The jars by their names, since nothing of a plugin is loaded for this. */
    private static String plugins(Settings settings) {
        List<String> jars = PluginJars.ofProcess().names();
        String source = settings.users()
                .source()
                .map(choice -> " and more from " + choice.name())
                .orElse("");
        return source + (jars.isEmpty() ? "" : ", plugins " + String.join(" ", jars));
    }

    private static String listener(ListenerSettings listener, ServerParts parts, DefaultFtpServer server) {
        String address = Listeners.describe(server.getListener(listener.name()));
        if (listener.tls() == TlsMode.OFF) {
            return address + " (without TLS)";
        }
        return address + " (TLS " + listener.tls().name().toLowerCase(Locale.ROOT) + ", certificate until "
                + parts.certificateEnd().map(Object::toString).orElse("?") + ")";
    }
}
