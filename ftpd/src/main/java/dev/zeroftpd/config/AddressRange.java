package dev.zeroftpd.config;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * IP addresses that begin with the same bits, as CIDR notation writes them (RFC 4632). Immutable; any thread.
 *
 * @param first any address of the range
 * @param bits how many of its first bits all of them share: 0 to 32, or to 128 for IPv6
 */
public record AddressRange(InetAddress first, int bits) implements Predicate<InetAddress> {

    /** In an IPv4 address. */
    private static final int DOTS = 3;

    /**
     * Checks the number of bits.
     *
     * @throws IllegalArgumentException if the address has fewer
     */
    public AddressRange {
        int all = first.getAddress().length * Byte.SIZE;
        Ranges.between("the number of bits", bits, 0, all);
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/BITS}; names are not looked up.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!literal.contains(":") && literal.chars().filter(c -> c == '.').count() != DOTS) {
            throw new IllegalArgumentException("Java reads 192.0.2 as 192.0.0.2: too surprising here");
        }
        InetAddress address = InetAddress.ofLiteral(literal);
        int all = address.getAddress().length * Byte.SIZE;
        return new AddressRange(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether {@code address} is one of them; never for one of the other IP version. */
    public boolean contains(InetAddress address) {
        byte[] range = first.getAddress();
        byte[] other = address.getAddress();
        if (range.length != other.length) {
            return false;
        }
        for (int i = 0; i < range.length; i++) {
            int compared = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            int mask = 0xff << (Byte.SIZE - compared);
            if (((range[i] ^ other[i]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The same. */
    @Override
    public boolean test(InetAddress address) {
        return contains(address);
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
