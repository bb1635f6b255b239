package dev.zeroftpd.server;

import dev.zeroftpd.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which changed settings a running server can't apply. Stateless. */
final class RestartNeeds {

    private static final Logger LOG = LoggerFactory.getLogger(RestartNeeds.class);

    private RestartNeeds() {}

    static void log(Settings running, Settings changed) {
        for (String group : of(running, changed)) {
            LOG.warn("Settings {} have changed; they take effect when the server is restarted", group);
        }
    }

    static List<String> of(Settings running, Settings changed) {
        List<String> groups = new ArrayList<>();
        addIf(groups, "listener.*", running.listeners(), changed.listeners());
        addIf(groups, "tls.*", running.tls(), changed.tls());
        addIf(groups, "passive.*", running.passive(), changed.passive());
        addIf(groups, "active.*", running.active(), changed.active());
        addIf(groups, "users.*", running.users(), changed.users());
        addIf(groups, "storage.* or rename.*", running.storage(), changed.storage());
        addIf(groups, "upload.*", running.upload(), changed.upload());
        addIf(
                groups,
                "limits.login-failures",
                running.limits().loginFailures(),
                changed.limits().loginFailures());
        addIf(groups, "state.directory", running.stateDirectory(), changed.stateDirectory());
        addIf(
                groups,
                "transfer.zero-copy*",
                List.of(running.transfer().zeroCopy(), running.transfer().zeroCopyExclude()),
                List.of(changed.transfer().zeroCopy(), changed.transfer().zeroCopyExclude()));
        addIf(
                groups,
                "transfer.connect-timeout",
                running.transfer().connectTimeout(),
                changed.transfer().connectTimeout());
        addIf(groups, "process.*", running.process(), changed.process());
        addIf(groups, "shutdown.grace", running.shutdownGrace(), changed.shutdownGrace());
        return groups;
    }

    private static void addIf(List<String> groups, String group, Object before, Object after) {
        if (!before.equals(after)) {
            groups.add(group);
        }
    }
}
