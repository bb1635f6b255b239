package dev.zeroftpd.server.bind;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.admin.Endpoint;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.port.PortOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a port can't be listened on, in a text for each cause. Stateless; any thread. */
public final class BindProblem {

    private static final String HTTP = "admin.http";

    private BindProblem() {}

    /**
     * What was to be listened on.
     *
     * @param addressKey and {@code portKey}: the settings that say so, which may be one
     */
    private record Place(String address, int port, String addressKey, String portKey) {

        static Place of(ListenerSettings listener) {
            return new Place(listener.address(), listener.port(), listener.key("address"), listener.key("port"));
        }

        static Place of(Endpoint http) {
            return new Place(http.address(), http.port(), HTTP, HTTP);
        }

        String described() {
            return new Endpoint(address, port).toString();
        }

        /** As the address is set. */
        String withAddress() {
            return addressKey + "=" + (isOneSetting() ? described() : address);
        }

        String withPort() {
            return portKey + "=" + (isOneSetting() ? described() : port);
        }

        boolean isOneSetting() {
            return addressKey.equals(portKey);
        }

        InetSocketAddress socketAddress() {
            return new InetSocketAddress(address, port);
        }
    }

    /** Where the address is a name that can't be resolved: found before anything is bound. */
    public static Optional<Problem> unresolved(Settings settings, ListenerSettings listener) {
        return unresolved(settings, Place.of(listener));
    }

    /** The same for metrics and health. */
    public static Optional<Problem> unresolved(Settings settings, Endpoint http) {
        return unresolved(settings, Place.of(http));
    }

    private static Optional<Problem> unresolved(Settings settings, Place place) {
        return place.socketAddress().isUnresolved()
                ? Optional.of(new Problem(
                        where(settings),
                        place.withAddress() + " is no host that this machine knows",
                        "correct the name, or write an address"))
                : Optional.empty();
    }

    public static Problem of(Settings settings, ListenerSettings listener, IOException failure) {
        return of(settings, Place.of(listener), failure);
    }

    public static Problem of(Settings settings, Endpoint http, IOException failure) {
        return of(settings, Place.of(http), failure);
    }

    private static Problem of(Settings settings, Place place, IOException failure) {
        IOException reason = innermost(failure);
        return switch (ErrorText.number(reason).orElse(0)) {
            case ErrorNumber.EADDRINUSE -> inUse(settings, place);
            case ErrorNumber.EACCES -> privileged(settings, place);
            case ErrorNumber.EADDRNOTAVAIL -> foreign(settings, place);
            default ->
                new Problem(
                        where(settings),
                        "the server can't listen on " + place.described() + ": " + FailureReason.of(reason),
                        place.isOneSetting()
                                ? "correct " + place.portKey()
                                : "correct " + place.addressKey() + " or " + place.portKey());
        };
    }

    private static Problem inUse(Settings settings, Place place) {
        String owner =
                PortOwner.of(place.socketAddress()).map(name -> " by " + name).orElse("");
        String key = place.portKey();
        String value = place.isOneSetting() ? "ADDRESS:PORT" : "PORT";
        return new Problem(
                where(settings),
                place.described() + " is in use" + owner,
                "stop what uses it, or choose another port with " + key + " or --set " + key + "=" + value);
    }

    private static Problem privileged(Settings settings, Place place) {
        return new Problem(
                where(settings),
                place.withPort() + " is a privileged port, which this user may not listen on",
                "choose one from 1024 up, or start as root with process.user, or give the process CAP_NET_BIND_SERVICE"
                        + " (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE)");
    }

    private static Problem foreign(Settings settings, Place place) {
        return new Problem(
                where(settings),
                place.withAddress() + " is no address of this machine",
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
