package dev.zeroftpd.control.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The part of an address that one client can't change: all of an IPv4 address, the first bits of an IPv6 address, since a
 * client has the others for itself. Link-local addresses count whole: all clients of a network share their prefix. Immutable;
 * any thread.
 *
 * @param first the prefix's first address
 */
public record AddressPrefix(InetAddress first) {

    static final int IPV6_BITS = 128;

    @Override
    public String toString() {
        return first.getHostAddress();
    }

    public static AddressPrefix of(InetAddress address, int ipv6Bits) {
        if (!(address instanceof Inet6Address) || address.isLinkLocalAddress()) {
            return new AddressPrefix(address);
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(ipv6Bits - i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        try {
            return new AddressPrefix(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
