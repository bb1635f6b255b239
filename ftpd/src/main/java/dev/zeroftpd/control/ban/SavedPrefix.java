package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;

/** How files of the server's state write an address or prefix: with its length. Stateless; any thread. */
final class SavedPrefix {

    private static final int LONGEST = 128;

    private SavedPrefix() {}

    /** @throws IllegalArgumentException if it is none that addresses are counted by */
    static AddressPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no length");
        }
        InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
        int bits = Integer.parseInt(text.substring(slash + 1));
        AddressPrefix prefix = AddressPrefix.of(address, bits);
        if (prefix.bits() != bits || bits < 1 || bits > LONGEST) {
            throw new IllegalArgumentException("no prefix that is counted");
        }
        return prefix;
    }

    static String text(AddressPrefix prefix) {
        return AddressText.of(prefix.first()) + "/" + prefix.bits();
    }
}
