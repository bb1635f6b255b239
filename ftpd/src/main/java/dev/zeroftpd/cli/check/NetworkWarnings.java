package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.os.HostName;
import dev.zeroftpd.os.port.PortOwner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what of addresses and ports probably won't work. Stateless; one thread. */
final class NetworkWarnings {

    private static final int FIRST_UNPRIVILEGED = 1024;

    /** Each client that opens a data connection takes one for a moment, and a graphical one opens several at a time. */
    private static final int FEW_PORTS = 10;

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private NetworkWarnings() {}

    /** What a look at this machine shows about listeners whose addresses are no names. */
    static List<String> ofListeners(Settings settings) {
        List<String> lines = new ArrayList<>();
        for (ListenerSettings listener : settings.listeners()) {
            ofPort(listener.address(), listener.port()).ifPresent(lines::add);
        }
        settings.admin()
                .http()
                .flatMap(http -> ofPort(http.address(), http.port()))
                .ifPresent(lines::add);
        return lines;
    }

    private static Optional<String> ofPort(String address, int port) {
        if (!LITERAL.matcher(address).matches()) {
            return Optional.empty();
        }
        InetSocketAddress wanted = new InetSocketAddress(address, port);
        if (isForeign(wanted.getAddress())) {
            return Optional.of(address + " is no address of this machine, so a start here would fail");
        }
        return port == 0
                ? Optional.empty()
                : PortOwner.of(wanted)
                        .map(owner -> "port " + port + " is in use by " + owner
                                + ": unless that is this server, a start would fail");
    }

    /** Who may say who the clients are. */
    static List<String> ofBalancers(Settings settings) {
        List<String> lines = new ArrayList<>();
        for (ListenerSettings listener : settings.listeners()) {
            listener.proxies().stream()
                    .filter(range -> range.bits() == 0)
                    .forEach(range -> lines.add(listener.key("proxy-from") + " has " + range
                            + ": any host may say that it is any client, past bans and limits; name"
                            + " the balancers only"));
        }
        if (settings.active().enabled()
                && settings.listeners().stream()
                        .anyMatch(listener -> !listener.proxies().isEmpty())) {
            lines.add(
                    "active.enabled=true behind a balancer: this machine connects to clients itself, which most of them"
                            + " won't let in; set active.enabled=false unless they do");
        }
        return lines;
    }

    static List<String> ofPassivePorts(Settings settings) {
        List<String> lines = new ArrayList<>();
        PortRange ports = settings.passive().ports();
        if (ports.isAny()) {
            return lines;
        }
        if (ports.first() < FIRST_UNPRIVILEGED) {
            lines.add("passive.ports=" + ports
                    + " has privileged ports, which only root may use: begin at 1024 or above");
        }
        int count = ports.last() - ports.first() + 1;
        if (count < FEW_PORTS) {
            lines.add("passive.ports=" + ports + " has room for " + (count == 1 ? "one client" : count + " clients")
                    + " that open a data connection at the same time; others get 425");
        }
        settings.listeners().stream()
                .map(ListenerSettings::port)
                .filter(port -> port >= ports.first() && port <= ports.last())
                .forEach(port -> lines.add("passive.ports=" + ports + " contains the port " + port + " of a listener"));
        return lines;
    }

    /** Asks the name servers. */
    static List<String> ofAnnouncedAddress(Settings settings) {
        Optional<String> announced = settings.passive().address();
        if (announced.isEmpty()) {
            return List.of();
        }
        String key = "passive.address=" + announced.get();
        try {
            return HostName.ipv4(announced.get()).isPresent()
                    ? List.of()
                    : List.of(key + " has IPv6 addresses only, which PASV can't announce");
        } catch (UnknownHostException e) {
            return List.of(key + PassiveSettings.UNKNOWN_HOST);
        }
    }

    private static boolean isForeign(InetAddress address) {
        try {
            return !address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
