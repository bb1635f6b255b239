package dev.zeroftpd.storage;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.ftpserver.ftplet.UserManager;

/**
 * Whom the rest of a broken upload belongs to: an account at one address, for only there is it the same file that is
 * sent. Immutable; any thread.
 *
 * @param digest stands for both in names of partial files
 * @param resumes false for anonymous, who may be many: theirs are begun anew
 */
record PartialOwner(String digest, boolean resumes) {

    /** What an Internet access gets of IPv6: its devices choose the rest anew every day. */
    private static final int IPV6_PREFIX_BYTES = 8;

    /** @param address empty if the client has none, as in a test or another kind of transport */
    static PartialOwner of(String user, Optional<InetAddress> address) {
        String from = address.map(PartialOwner::prefix).orElse("");
        return new PartialOwner(PartialName.hash(user + "\n" + from), !user.equals(UserManager.ANONYMOUS));
    }

    private static String prefix(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] shared = address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes;
        return HexFormat.of().formatHex(shared);
    }
}
