package dev.zeroftpd.control.ban;

import java.net.InetAddress;

/** How an address is written where other programs, or another start, read it. Stateless; any thread. */
public final class AddressText {

    private AddressText() {}

    /**
     * Without the zone of a link-local address: no comparison looks at it, it may have another name at the next start, and
     * programs that read the log know no zones.
     */
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
