package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.UserChange;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process of our own gives up between binding its ports and serving. One thread: the one that starts the server,
 * before it starts any other.
 */
public final class LeastPrivilege {

    private static final Logger LOG = LoggerFactory.getLogger(LeastPrivilege.class);

    private static final String ON_LOOPBACK =
            "Serving as root, which is let pass only because no listener can be reached"
                    + " from other machines; set process.user to the user that the server is to become, or to root";

    private final LoadedSettings loaded;
    private final Settings settings;
    private final ServingUser user;
    private final Sandbox sandbox;

    private LeastPrivilege(LoadedSettings loaded, ServingUser user, Sandbox sandbox) {
        this.loaded = loaded;
        this.settings = loaded.settings();
        this.user = user;
        this.sandbox = sandbox;
    }

    /**
     * Decides what is to be given up.
     *
     * @throws ConfigException if the settings name a user that the process can't become, would be served by root without
     *     saying so, or require a sandbox that can't be had
     */
    public static LeastPrivilege of(LoadedSettings loaded) throws ConfigException {
        try {
            return decided(loaded);
        } catch (ConfigException e) {
            throw loaded.located(e);
        }
    }

    private static LeastPrivilege decided(LoadedSettings loaded) throws ConfigException {
        Settings settings = loaded.settings();
        ServingUser user = ServingUser.of(settings);
        if (user instanceof ServingUser.Changed changed) {
            List<Problem> problems =
                    PrivilegedPorts.problems(settings, changed.user().name());
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
        }
        return new LeastPrivilege(loaded, user, Sandbox.of(settings));
    }

    /** Becomes the user that the settings name; the ports are bound, and what only root can read has been read. */
    public void becomeUser() throws ConfigException {
        if (user instanceof ServingUser.Changed changed) {
            prepareState(changed);
            change(changed);
            LOG.info("Serving as {}", changed.user().name());
        } else if (user instanceof ServingUser.MeantRoot) {
            LOG.info("Serving as root, as process.user says");
        } else if (user instanceof ServingUser.RootOnLoopback) {
            LOG.warn(ON_LOOPBACK);
        }
    }

    /**
     * Fences the calling thread, and so all that are started from now on; says in the log what the user of this process and
     * the fence keep the server from.
     */
    public void confine(Accounts accounts) throws ConfigException {
        missing(accounts).forEach(line -> LOG.warn("{}", line));
        try {
            sandbox.putUp(accounts);
        } catch (ConfigException e) {
            throw loaded.located(e);
        }
    }

    /**
     * What {@link #becomeUser} and a start would say, for a process that ends afterwards: it becomes that user here.
     */
    public List<String> warnings(Accounts accounts) throws ConfigException {
        List<String> warnings = new ArrayList<>();
        if (user instanceof ServingUser.RootOnLoopback) {
            warnings.add(ON_LOOPBACK);
        }
        if (user instanceof ServingUser.Changed changed) {
            change(changed);
            NeededAccess.state(settings, changed.user().name()).ifPresent(warnings::add);
        }
        warnings.addAll(sandbox.warnings(accounts));
        warnings.addAll(missing(accounts));
        return warnings;
    }

    private List<String> missing(Accounts accounts) {
        return user instanceof ServingUser.Changed changed
                ? NeededAccess.missing(settings, accounts, changed.user().name())
                : List.of();
    }

    private void prepareState(ServingUser.Changed changed) {
        // also without bans: a reload may switch them on
        StateDirectory.makeFor(settings.stateDirectory(), changed.user().number(), changed.group());
        settings.controlSocket()
                .map(socket -> socket.toAbsolutePath().getParent())
                .ifPresent(directory ->
                        StateDirectory.makeFor(directory, changed.user().number(), changed.group()));
    }

    private void change(ServingUser.Changed changed) throws ConfigException {
        try {
            new UserChange(changed.user(), changed.group()).carryOut();
        } catch (IOException e) {
            throw problem(
                    "the process can't become " + changed.user().name() + ": " + e.getMessage(),
                    "start it as that user instead, without process.user");
        }
        Optional<Path> unreadable = ProgramFiles.unreadable();
        if (unreadable.isPresent()) {
            throw problem(
                    changed.user().name() + " can't read " + unreadable.get() + ", which the server itself consists of",
                    "install the server and Java where that user may read them");
        }
    }

    private ConfigException problem(String what, String remedy) {
        return loaded.located(new ConfigException(new Problem("process.user", what, remedy)));
    }
}
