package dev.zeroftpd.storage.upload;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.ftpserver.ftplet.UserManager;

/**
 * The owner of a broken upload: an account at one address, since only the same client is sure to send the same file
 * again. Immutable; any thread.
 *
 * @param digest stands for both in names of partial files
 * @param resumes false for anonymous, who may be many, and for accounts that see nothing: theirs are begun anew
 */
public record PartialOwner(String digest, boolean resumes) {

    /** The IPv6 prefix of one Internet connection: devices change the remaining bits every day. */
    private static final int IPV6_PREFIX_BYTES = 8;

    /**
     * The owner that uploads as {@code user} from {@code address} have.
     *
     * @param address empty if the client has none, as in a test or another kind of transport
     */
    public static PartialOwner of(String user, Optional<InetAddress> address) {
        String from = address.map(PartialOwner::prefix).orElse("");
        return new PartialOwner(PartialName.hash(user + "\n" + from), !user.equals(UserManager.ANONYMOUS));
    }

    /** The same, but what breaks is dropped. */
    PartialOwner neverResuming() {
        return new PartialOwner(digest, false);
    }

    private static String prefix(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] shared = address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes;
        return HexFormat.of().formatHex(shared);
    }
}
