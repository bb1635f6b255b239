package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.port.UnprivilegedPorts;
import java.util.ArrayList;
import java.util.List;

/** Finds ports that are bound while the server runs, but that only root may bind. Stateless; any thread. */
final class PrivilegedPorts {

    private PrivilegedPorts() {}

    /** @param user who can't bind them */
    static List<Problem> problems(Settings settings, String user) {
        return problems(settings, user, UnprivilegedPorts.first());
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
}
