package dev.zeroftpd.config.admin;

import dev.zeroftpd.os.HostAndPort;
import java.net.InetSocketAddress;

/**
 * Where something listens. Immutable; any thread.
 *
 * @param address an IPv4 or IPv6 address without brackets, or a host name
 * @param port 0 to 65535; 0 takes any free port
 */
public record Endpoint(String address, int port) {

    private static final int LAST_PORT = 65535;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is no address, or no such port
     */
    public Endpoint {
        if (address.isBlank() || port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("admin.http must be an address and a port, not " + address + ":" + port);
        }
    }

    /** Resolves a name; asks name servers for that. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    /** As it is written: IPv6 in brackets. */
    @Override
    public String toString() {
        return HostAndPort.text(address, port);
    }
}
