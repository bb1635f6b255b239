package dev.zeroftpd.os;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks which addresses a host has. Stateless; any thread that may wait for name servers. */
public final class HostName {

    private HostName() {}

    /**
     * Its first IPv4 address, which is all that PASV can announce; empty if it has IPv6 addresses only.
     *
     * @throws UnknownHostException if there is no such host
     */
    public static Optional<Inet4Address> ipv4(String host) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(host))
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst();
    }
}
