package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.PortOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a listener can't listen, in a text for each cause. Stateless; any thread. */
final class BindProblem {

    private BindProblem() {}

    /** Where the address is a name that can't be resolved: found before anything is bound. */
    static Optional<Problem> unresolved(Settings settings, ListenerSettings listener) {
        return new InetSocketAddress(listener.address(), listener.port()).isUnresolved()
                ? Optional.of(new Problem(
                        where(settings),
                        key(listener, "address") + "=" + listener.address() + " is no host that this machine knows",
                        "correct the name, or write an address"))
                : Optional.empty();
    }

    static Problem of(Settings settings, ListenerSettings listener, IOException failure) {
        IOException reason = innermost(failure);
        return switch (ErrorText.number(reason).orElse(0)) {
            case ErrorNumber.EADDRINUSE -> inUse(settings, listener);
            case ErrorNumber.EACCES -> privileged(settings, listener);
            case ErrorNumber.EADDRNOTAVAIL -> foreign(settings, listener);
            default ->
                new Problem(
                        where(settings),
                        "the server can't listen on " + described(listener) + ": " + FailureReason.of(reason),
                        "correct " + key(listener, "address") + " or " + key(listener, "port"));
        };
    }

    private static Problem inUse(Settings settings, ListenerSettings listener) {
        String owner = PortOwner.of(new InetSocketAddress(listener.address(), listener.port()))
                .map(name -> " by " + name)
                .orElse("");
        String key = key(listener, "port");
        return new Problem(
                where(settings),
                described(listener) + " is in use" + owner,
                "stop what uses it, or choose another port with " + key + " or --set " + key + "=PORT");
    }

    private static Problem privileged(Settings settings, ListenerSettings listener) {
        return new Problem(
                where(settings),
                key(listener, "port") + "=" + listener.port()
                        + " is a privileged port, which this user may not listen on",
                "choose one from 1024 up, or start as root with process.user, or give the process CAP_NET_BIND_SERVICE"
                        + " (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE)");
    }

    private static Problem foreign(Settings settings, ListenerSettings listener) {
        return new Problem(
                where(settings),
                key(listener, "address") + "=" + listener.address() + " is no address of this machine",
                "use one that it has" + own() + ", or 0.0.0.0 for all");
    }

    private static String own() {
        try {
            String addresses = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .limit(8) // more would hide the sentence
                    .collect(Collectors.joining(", "));
            return addresses.isEmpty() ? "" : " (" + addresses + ")";
        } catch (SocketException unknown) {
            return "";
        }
    }

    /** Such as {@code listener.port}, {@code listener.NAME.port}. */
    private static String key(ListenerSettings listener, String part) {
        return listener.name().equals(ListenerSettings.DEFAULT_NAME)
                ? "listener." + part
                : "listener." + listener.name() + "." + part;
    }

    private static String described(ListenerSettings listener) {
        String address = listener.address();
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + listener.port();
    }

    private static String where(Settings settings) {
        return settings.file().map(Object::toString).orElse("configuration");
    }

    /** MINA wraps what the system said. */
    private static IOException innermost(IOException failure) {
        IOException found = failure;
        while (found.getCause() instanceof IOException deeper) {
            found = deeper;
        }
        return found;
    }
}
