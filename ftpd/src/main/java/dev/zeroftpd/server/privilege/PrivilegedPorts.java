package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds ports that are bound while the server runs, but that only root may bind. Stateless; any thread. */
final class PrivilegedPorts {

    /** Linux may be told another one; what it says is the first port that everybody may bind. */
    private static final Path SETTING = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    private static final int USUAL_START = 1024;

    private PrivilegedPorts() {}

    /** @param user who can't bind them */
    static List<Problem> problems(Settings settings, String user) {
        return problems(settings, user, firstForEverybody());
    }

    static List<Problem> problems(Settings settings, String user, int firstForEverybody) {
        List<Problem> problems = new ArrayList<>();
        PortRange passive = settings.passive().ports();
        if (!passive.isAny() && passive.first() < firstForEverybody) {
            problems.add(problem("passive.ports=" + passive, user, firstForEverybody));
        }
        int active = settings.active().localPort();
        if (active > 0 && active < firstForEverybody) {
            problems.add(problem("active.local-port=" + active, user, firstForEverybody));
        }
        return problems;
    }

    private static Problem problem(String setting, String user, int firstForEverybody) {
        return new Problem(
                "process.user",
                setting + " is bound while the server runs, as " + user + ", who may bind no port below "
                        + firstForEverybody,
                "choose higher ports; those of listeners may be lower");
    }

    private static int firstForEverybody() {
        try {
            return Integer.parseInt(Files.readString(SETTING).strip());
        } catch (IOException | NumberFormatException unknown) {
            return USUAL_START;
        }
    }
}
