package dev.zeroftpd.dataconnection.proxy;

import dev.zeroftpd.ops.FewLines;
import java.net.InetAddress;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log says of connections without a proper header: few lines, since strangers may cause them. Any thread. */
public final class ProxyFaults {

    private static final FewLines UNTRUSTED = FewLines.perMinute(LoggerFactory.getLogger(ProxyFaults.class), 20);
    private static final FewLines HEADERS = FewLines.perMinute(LoggerFactory.getLogger(ProxyFaults.class), 20);

    private ProxyFaults() {}

    /** A connection whose peer may not say who its client is. */
    public static void untrusted(String what, InetAddress peer) {
        UNTRUSTED.write(
                Level.WARN,
                () -> "Closed a " + what + " from " + peer.getHostAddress()
                        + ", which is not in listener.proxy-from: if it is your balancer, add it there; "
                        + "clients must connect to the balancer, not to this port");
    }

    /**
     * A connection of a balancer without a proper header.
     *
     * @param why as {@link ProxyHeader.Malformed} has it
     */
    public static void malformed(String what, InetAddress peer, String why) {
        HEADERS.write(
                Level.WARN,
                () -> "Closed a " + what + " from " + peer.getHostAddress() + ": " + why
                        + "; have the balancer send one (HAProxy: send-proxy-v2) on control and passive ports, "
                        + "or set listener.proxy-protocol=off if it is none");
    }
}
