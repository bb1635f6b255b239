package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;

/** How files of the server's state write an address or prefix: with its length. Stateless; any thread. */
final class SavedPrefix {

    private SavedPrefix() {}

    /** @throws IllegalArgumentException if it is none that addresses are counted by */
    static AddressPrefix parse(String text) {
        AddressPrefix range = parseRange(text);
        AddressPrefix prefix = AddressPrefix.of(range.first(), range.bits());
        if (prefix.bits() != range.bits()) {
            throw new IllegalArgumentException("no prefix that is counted");
        }
        return prefix;
    }

    /** @throws IllegalArgumentException if it is no address with a length */
    static AddressPrefix parseRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no length");
        }
        InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits < 1 || bits > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no length that an address has");
        }
        return AddressPrefix.range(address, bits);
    }

    static String text(AddressPrefix prefix) {
        return AddressText.of(prefix.first()) + "/" + prefix.bits();
    }
}
