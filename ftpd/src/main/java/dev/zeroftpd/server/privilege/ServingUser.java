package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.os.UserDatabase;
import dev.zeroftpd.os.UserDatabase.User;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/** Whom a server serves as, as its settings and the user that started it want it. Immutable; any thread. */
sealed interface ServingUser {

    /** The user that started it, who isn't root. */
    record AsStarted() implements ServingUser {}

    /** Root, because the settings say so. */
    record MeantRoot() implements ServingUser {}

    /** Root, though the settings don't say so: only programs of this machine can connect. */
    record RootOnLoopback() implements ServingUser {}

    /** Another user than the one that started it, which is root. */
    record Changed(User user, int group) implements ServingUser {}

    /**
     * Decides it.
     *
     * @throws ConfigException if that can't be, or is root by mistake
     */
    static ServingUser of(Settings settings) throws ConfigException {
        ProcessSettings process = settings.process();
        boolean root = ProcessUser.isRoot();
        if (process.user().isPresent()) {
            return wanted(process.user().get(), process, root);
        }
        if (!root) {
            return new AsStarted();
        }
        if (settings.listeners().stream().allMatch(ServingUser::isOnLoopback)) {
            return new RootOnLoopback();
        }
        throw new ConfigException(new Problem(
                "process.user",
                "clients of other machines would be served by root, to whom nothing is forbidden",
                "set process.user=NAME in the configuration, by --set process.user=NAME or by FTPD_PROCESS_USER=NAME:"
                        + " root then only binds the ports, and the server becomes that user; or process.user=root if"
                        + " root is meant"));
    }

    private static ServingUser wanted(String name, ProcessSettings process, boolean root) throws ConfigException {
        if (!SystemCall.isSupported()) {
            throw problem(name, "can be used on Linux on x86-64 and ARM only", "start the server as that user");
        }
        User user = UserDatabase.user(name)
                .orElseThrow(() -> problem(
                        name,
                        "is no user of this machine",
                        "create it, for example by: useradd --system --no-create-home " + name
                                + ", or name another one"));
        if (user.number() == 0) {
            return root(name, process, root);
        }
        int group = group(user, process);
        if (root) {
            return new Changed(user, group);
        }
        if (ProcessUser.is(user.number()) && process.group().isEmpty()) {
            return new AsStarted();
        }
        throw notRoot(name, process);
    }

    private static ServingUser root(String name, ProcessSettings process, boolean root) throws ConfigException {
        if (!root) {
            throw notRoot(name, process);
        }
        if (process.group().isPresent()) {
            throw new ConfigException(new Problem(
                    "process.group",
                    "root keeps its groups, so process.group=" + process.group().get() + " means nothing",
                    "remove process.group, or set process.user to another user"));
        }
        return new MeantRoot();
    }

    private static ConfigException notRoot(String name, ProcessSettings process) {
        String group =
                process.group().map(found -> " and process.group=" + found).orElse("");
        return problem(
                name,
                group.isEmpty()
                        ? "is another user than the one that starts the server, who can't become it"
                        : group.strip() + " can't be had, because only root can change them",
                "start the server as root, or as that user without process.user and process.group");
    }

    private static int group(User user, ProcessSettings process) throws ConfigException {
        if (process.group().isEmpty()) {
            return user.group();
        }
        String name = process.group().get();
        OptionalInt found = UserDatabase.group(name);
        if (found.isEmpty()) {
            throw new ConfigException(new Problem(
                    "process.group",
                    "process.group=" + name + " is no group of this machine",
                    "create it, for example by: groupadd --system " + name + ", or name another one"));
        }
        return found.getAsInt();
    }

    private static ConfigException problem(String name, String what, String remedy) {
        return new ConfigException(new Problem("process.user", "process.user=" + name + " " + what, remedy));
    }

    /** An address that no other machine reaches. */
    private static boolean isOnLoopback(ListenerSettings listener) {
        try {
            return InetAddress.getByName(listener.address()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // it can't be bound either
        }
    }
}
