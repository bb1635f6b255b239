package dev.zeroftpd.server.doctor;

import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.operator.Finding;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ftpserver.DataConnectionConfiguration;

/**
 * Whether data connections arrive at the addresses that clients are told: dials them. Immutable; blocks.
 *
 * @param listening the addresses of the listeners
 * @param ports lends a port of the passive range
 */
public record PassiveAddresses(
        PassiveSettings settings, List<InetSocketAddress> listening, DataConnectionConfiguration ports)
        implements Doctor.Examination {

    private static final String ABOUT = "passive connections";

    /** Of a machine with many. */
    private static final int MOST_DIALLED = 4;

    /** Other programs may have some ports of the range. */
    private static final int TRIES = 5;

    public PassiveAddresses {
        listening = List.copyOf(listening);
    }

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        found.add(Finding.fine(
                ABOUT,
                "a firewall must let in TCP to " + controlPorts() + " (control) and " + dataPorts()
                        + " (data), and a NAT must forward them; where TLS is used, neither can read PASV and"
                        + " open ports by itself"));
        if (settings.ports().isAny()) {
            found.add(Finding.doubtful(
                    ABOUT,
                    "passive.ports=0 takes any port of the system's range: behind a firewall set"
                            + " a range, such as 50000-50999"));
        }
        Optional<String> announced = settings.address();
        if (announced.isPresent()) {
            found.add(ofAnnounced(announced.get()));
        } else {
            found.addAll(ofOwn());
        }
        return found;
    }

    private Finding ofAnnounced(String host) {
        String key = "passive.address=" + host;
        try {
            Optional<InetAddress> address = Stream.of(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .findFirst();
            return address.map(known -> dial(known, key + ": "))
                    .orElseGet(() -> Finding.wrong(ABOUT, key + " has no IPv4 address, which PASV needs"));
        } catch (UnknownHostException e) {
            return Finding.wrong(ABOUT, key + " is no host that this machine knows: clients that use PASV get 425");
        }
    }

    private List<Finding> ofOwn() {
        List<InetAddress> own = own();
        List<Finding> found = new ArrayList<>();
        own.stream().limit(MOST_DIALLED).forEach(address -> found.add(dial(address, "")));
        if (own.stream().allMatch(PassiveAddresses::isPrivate)) {
            found.add(Finding.doubtful(
                    ABOUT,
                    "this server has private addresses only: clients that come through a NAT get one that they can't"
                            + " reach from PASV, unless passive.address has the address that they connect to"));
        }
        return found;
    }

    /** What clients are told: the address that they connected to. */
    private List<InetAddress> own() {
        boolean any = listening.stream().anyMatch(each -> each.getAddress().isAnyLocalAddress());
        try {
            Stream<InetAddress> all = any
                    ? NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    : listening.stream().map(InetSocketAddress::getAddress);
            return all.filter(address -> !any || !(address.isLoopbackAddress() || address.isLinkLocalAddress()))
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isPrivate(InetAddress address) {
        // fc00::/7 are IPv6's
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || (!(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc);
    }

    private Finding dial(InetAddress address, String what) {
        for (int i = 0; i < TRIES; i++) {
            int port = ports.requestPassivePort();
            if (port < 0) {
                return Finding.wrong(
                        ABOUT, "all of passive.ports=" + settings.ports() + " are in use: clients get 425");
            }
            try {
                Optional<Dial> dial = Dial.at(port);
                if (dial.isPresent()) {
                    return dial(dial.get(), address, what);
                }
            } catch (IOException e) {
                return Finding.wrong(ABOUT, "no port can be listened on: " + FailureReason.of(e));
            } finally {
                ports.releasePassivePort(port);
            }
        }
        return Finding.wrong(
                ABOUT,
                "other programs have ports of passive.ports=" + settings.ports()
                        + ": give this server a range of its own");
    }

    private Finding dial(Dial dial, InetAddress address, String what) {
        String host = address.getHostAddress();
        String called = "a connection to " + (host.contains(":") ? "[" + host + "]" : host) + ":" + dial.port();
        try (dial) {
            dial.call(address);
            return Finding.fine(ABOUT, what + called + " arrives");
        } catch (IOException e) {
            return Finding.wrong(
                    ABOUT,
                    what + called + " doesn't arrive: " + FailureReason.of(e) + ". Forward " + dataPorts()
                            + " to this machine; a router that can't be dialled from inside has to be tried from"
                            + " outside");
        }
    }

    private String controlPorts() {
        return listening.stream()
                .map(each -> String.valueOf(each.getPort()))
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .map(list -> (list.contains(",") ? "ports " : "port ") + list)
                .orElse("no port");
    }

    private String dataPorts() {
        return settings.ports().isAny() ? "any port above 1023" : "ports " + settings.ports();
    }
}
