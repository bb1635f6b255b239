package dev.zeroftpd.control.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The part of an address that one client can't change: all of an IPv4 address, the first bits of an IPv6 address, since a
 * client has the others for itself. Link-local addresses count whole: all clients of a network share their prefix. An IPv4
 * client behind NAT64 or a tunnel counts as its IPv4 address ({@link Translation}). Immutable; any thread.
 *
 * @param first the prefix's first address
 * @param bits the prefix's length
 */
public record AddressPrefix(InetAddress first, int bits) {

    /** All of an IPv6 address. */
    public static final int IPV6_BITS = 128;

    private static final int IPV4_BITS = 32;

    /** What a site gets at most, as a rule (RFC 6177): who has it may come from 65,536 prefixes of 64 bits. */
    private static final int SITE_BITS = 48;

    /** Without the zone of a link-local address: no comparison looks at it, and what others read has none. */
    public AddressPrefix {
        if (first instanceof Inet6Address zoned && (zoned.getScopeId() != 0 || zoned.getScopedInterface() != null)) {
            first = address(zoned.getAddress());
        }
    }

    /** One address. */
    public AddressPrefix(InetAddress address) {
        this(address, address instanceof Inet6Address ? IPV6_BITS : IPV4_BITS);
    }

    /** In CIDR notation, but a whole address without its length. */
    @Override
    public String toString() {
        boolean whole = bits == first.getAddress().length * Byte.SIZE;
        return whole ? first.getHostAddress() : first.getHostAddress() + "/" + bits;
    }

    public static AddressPrefix of(InetAddress address, int ipv6Bits) {
        if (!(address instanceof Inet6Address) || address.isLinkLocalAddress()) {
            return new AddressPrefix(address);
        }
        byte[] bytes = address.getAddress();
        if (Translation.isOfANetwork(bytes)) {
            return new AddressPrefix(address);
        }
        return Translation.of(bytes)
                .map(translation -> new AddressPrefix(address(translation.ipv4(bytes))))
                .orElseGet(() -> range(address, ipv6Bits));
    }

    /** All of the IPv6 site that it may be a part of, whose owner has its other prefixes as well; otherwise itself. */
    public AddressPrefix site() {
        boolean part = first instanceof Inet6Address && !first.isLinkLocalAddress() && bits > SITE_BITS;
        return part ? range(first, SITE_BITS) : this;
    }

    /** All addresses that share the first bits with {@code address}, of either IP version. */
    public static AddressPrefix range(InetAddress address, int bits) {
        return new AddressPrefix(address(firstBits(address.getAddress(), bits)), bits);
    }

    /**
     * The addresses of a range, as clients there are counted: those of translators as their IPv4 addresses.
     *
     * @param bits how many of its first bits all of them share
     */
    public static AddressPrefix counted(InetAddress address, int bits) {
        int behind = bits - (IPV6_BITS - IPV4_BITS);
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address) || behind < 0) {
            return range(address, bits);
        }
        return Translation.of(bytes)
                .filter(Translation::keepsRanges)
                .map(translation -> range(address(translation.ipv4(bytes)), behind))
                .orElseGet(() -> range(address, bits));
    }

    /** Whether all of {@code other} is part of this. */
    public boolean contains(AddressPrefix other) {
        return other.bits >= bits && range(other.first, bits).equals(this);
    }

    private static byte[] firstBits(byte[] bytes, int bits) {
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return bytes;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }
}
