package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.admin.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Tells what of the settings for metrics and health is hardly meant. Stateless; one thread. */
final class AdminWarnings {

    private AdminWarnings() {}

    static List<String> of(Settings settings) {
        AdminSettings admin = settings.admin();
        List<String> lines = new ArrayList<>();
        if (admin.http().isEmpty()) {
            return lines;
        }
        Endpoint http = admin.http().get();
        boolean elsewhere = !isLoopback(http);
        if (elsewhere && admin.allowFrom().stream().noneMatch(AdminWarnings::isElsewhere)) {
            lines.add("admin.http=" + http + " can be reached from other machines, but admin.allow-from lets only this"
                    + " one ask: add the addresses of those that scrape and probe");
        }
        if (elsewhere && admin.metricsToken().isPresent() && !admin.tls()) {
            lines.add("admin.http=" + http + " takes the token of admin.metrics-token-file in clear: set admin.tls=on");
        }
        if (settings.listeners().stream()
                .anyMatch(listener -> listener.port() != 0 && listener.port() == http.port())) {
            lines.add("admin.http=" + http + " has the port of a listener");
        }
        return lines;
    }

    /** A name may be anything, so it is taken for reachable. */
    private static boolean isLoopback(Endpoint http) {
        try {
            return InetAddress.ofLiteral(http.address()).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return http.address().equalsIgnoreCase("localhost");
        }
    }

    private static boolean isElsewhere(Object range) {
        String text = range.toString();
        return !text.startsWith("127.") && !text.startsWith("0:0:0:0:0:0:0:1/128");
    }
}
