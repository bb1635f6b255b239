package dev.zeroftpd.server.doctor;

import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.HostAndPort;
import dev.zeroftpd.os.HostName;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ftpserver.DataConnectionConfiguration;

/**
 * Whether data connections arrive at the addresses that clients are told: dials them. Immutable; blocks.
 *
 * @param listening the addresses of the listeners
 * @param behindBalancer whether clients come by way of one, which can't be dialled as if it forwarded bytes and nothing else
 * @param ports lends a port of the passive range
 */
public record PassiveAddresses(
        PassiveSettings settings,
        List<InetSocketAddress> listening,
        boolean behindBalancer,
        DataConnectionConfiguration ports)
        implements Doctor.Examination {

    /** Of a machine with many. */
    private static final int MOST_DIALLED = 4;

    /** Other programs may have some ports of the range. */
    private static final int TRIES = 5;

    public PassiveAddresses {
        listening = List.copyOf(listening);
    }

    @Override
    public String about() {
        return "passive connections";
    }

    @Override
    public void look(Findings found) {
        found.fine("a firewall must let in TCP to " + controlPorts() + " (control) and " + dataPorts()
                + " (data), and a NAT must forward them; where TLS is used, neither can read PASV and"
                + " open ports by itself");
        if (settings.ports().isAny()) {
            found.doubtful("passive.ports=0 takes any port of the system's range: behind a firewall set"
                    + " a range, such as 50000-50999");
        }
        if (behindBalancer) {
            found.fine("the balancer must forward " + dataPorts() + " to this machine and no other, the same ports and"
                    + " with a PROXY header; that has to be tried through it");
            return;
        }
        settings.address().ifPresentOrElse(host -> lookAtAnnounced(host, found), () -> lookAtOwn(found));
    }

    private void lookAtAnnounced(String host, Findings found) {
        String key = "passive.address=" + host;
        try {
            HostName.ipv4(host)
                    .ifPresentOrElse(
                            address -> dial(address, key + ": ", found),
                            () -> found.wrong(key + " has no IPv4 address, which PASV needs"));
        } catch (UnknownHostException e) {
            found.wrong(key + PassiveSettings.UNKNOWN_HOST);
        }
    }

    private void lookAtOwn(Findings found) {
        List<InetAddress> own = own();
        own.stream().limit(MOST_DIALLED).forEach(address -> dial(address, "", found));
        if (own.stream().allMatch(PassiveAddresses::isPrivate)) {
            found.doubtful(
                    "this server has private addresses only: clients that come through a NAT get one that they can't"
                            + " reach from PASV, unless passive.address has the address that they connect to");
        }
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

    private void dial(InetAddress address, String what, Findings found) {
        for (int i = 0; i < TRIES; i++) {
            int port = ports.requestPassivePort();
            if (port < 0) {
                found.wrong("all of passive.ports=" + settings.ports() + " are in use: clients get 425");
                return;
            }
            try {
                Optional<Dial> dial = Dial.at(port);
                if (dial.isPresent()) {
                    dial(dial.get(), address, what, found);
                    return;
                }
            } catch (IOException e) {
                found.wrong("no port can be listened on: " + FailureReason.of(e));
                return;
            } finally {
                ports.releasePassivePort(port);
            }
        }
        found.wrong("other programs have ports of passive.ports=" + settings.ports()
                + ": give this server a range of its own");
    }

    private void dial(Dial dial, InetAddress address, String what, Findings found) {
        String called = "a connection to " + HostAndPort.text(address.getHostAddress(), dial.port());
        try (dial) {
            dial.call(address);
            found.fine(what + called + " arrives");
        } catch (IOException e) {
            found.wrong(what + called + " doesn't arrive: " + FailureReason.of(e) + ". Forward " + dataPorts()
                    + " to this machine; a router that can't be dialled from inside has to be tried from outside");
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
