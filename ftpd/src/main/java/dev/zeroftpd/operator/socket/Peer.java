package dev.zeroftpd.operator.socket;

import dev.zeroftpd.os.ProcessUser;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * Whose process is at the other end of a UNIX domain socket: the kernel says it, not the process. Immutable; any thread.
 *
 * @param server the server's own user
 * @param root empty where nothing here is root's
 */
public record Peer(UserPrincipal server, Optional<UserPrincipal> root) {

    /** Looks up who root is, once. An owner is compared by its number. */
    public static Peer of(UserPrincipal server) {
        return new Peer(server, ProcessUser.root());
    }

    /** True if it is the server's own user, or root. */
    public boolean isOperator(SocketChannel channel) throws IOException {
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.equals(server) || root.filter(user::equals).isPresent();
    }
}
