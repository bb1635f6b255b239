package dev.zeroftpd.operator;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Whose process is at the other end of a UNIX domain socket: the kernel says it, not the process. Stateless; any thread. */
final class Peer {

    /** A name that is no user's is read as a number: root may be called otherwise, or have no name at all. */
    private static final String ROOT = "0";

    private Peer() {}

    /** True if it is {@code server}'s own user, or root. */
    static boolean isOperator(SocketChannel channel, UserPrincipal server) throws IOException {
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.equals(server)
                || user.equals(
                        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(ROOT));
    }
}
