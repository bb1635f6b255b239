package dev.zeroftpd.control.admission;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How an IPv4 host may look at a server with IPv6: where its address stands in that of a translator or tunnel. Neighbours
 * there are other hosts, so that no prefix shorter than this belongs to one client. Immutable; any thread.
 */
enum Translation {
    /** RFC 6052: 64:ff9b::/96. */
    NAT64("0064ff9b0000000000000000", 12, false),

    /** Stateless translators (RFC 7915): ::ffff:0:0:0/96. */
    STATELESS("0000000000000000ffff0000", 12, false),

    /** 6to4 (RFC 3056): 2002::/16. */
    SIX_TO_FOUR("2002", 2, false),

    /** RFC 4380: 2001::/32. */
    TEREDO("20010000", 12, true);

    private static final int IPV4_BYTES = 4;

    /** 64:ff9b:1::/48 (RFC 8215): each network has the IPv4 address where it likes. */
    private static final String OF_A_NETWORK = "0064ff9b0001";

    private final String prefix;
    private final int at;
    private final boolean inverted;

    /**
     * One way.
     *
     * @param prefix in hex digits
     * @param at the first byte of the IPv4 address
     * @param inverted whether each of its bits is
     */
    Translation(String prefix, int at, boolean inverted) {
        this.prefix = prefix;
        this.at = at;
        this.inverted = inverted;
    }

    /** Where the address of an IPv4 host stands in this one, if it does. */
    static Optional<Translation> of(byte[] ipv6) {
        String digits = HexFormat.of().formatHex(ipv6);
        for (Translation each : values()) {
            if (digits.startsWith(each.prefix)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Whether a host's IPv4 address stands in it, but only its network knows where. */
    static boolean isOfANetwork(byte[] ipv6) {
        return HexFormat.of().formatHex(ipv6).startsWith(OF_A_NETWORK);
    }

    byte[] ipv4(byte[] ipv6) {
        byte[] found = Arrays.copyOfRange(ipv6, at, at + IPV4_BYTES);
        for (int i = 0; inverted && i < found.length; i++) {
            found[i] = (byte) ~found[i];
        }
        return found;
    }

    /** Whether a range of such addresses is one of IPv4 addresses: these are their last bits, as they are. */
    boolean keepsRanges() {
        return this == NAT64 || this == STATELESS;
    }
}
