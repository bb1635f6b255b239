package dev.zeroftpd.operator.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose process is at the other end of a UNIX domain socket: the kernel says it, not the process. Immutable; any thread.
 *
 * @param server the server's own user
 * @param root empty where nothing here is root's
 */
public record Peer(UserPrincipal server, Optional<UserPrincipal> root) {

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    /** They are root's on every system, but for a name space without root. */
    private static final List<Path> OF_ROOT = List.of(Path.of("/"), Path.of("/proc"));

    /**
     * Looks up who root is, once: to ask for it by a name may ask other machines, and wait for them. An owner is compared by its
     * number.
     */
    public static Peer of(UserPrincipal server) {
        return new Peer(
                server, OF_ROOT.stream().flatMap(path -> root(path).stream()).findFirst());
    }

    private static Optional<UserPrincipal> root(Path path) {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"))
                    ? Optional.of(Files.getOwner(path))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("The owner of {} can't be looked up", path, e);
            return Optional.empty();
        }
    }

    /** True if it is the server's own user, or root. */
    public boolean isOperator(SocketChannel channel) throws IOException {
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.equals(server) || root.filter(user::equals).isPresent();
    }
}
