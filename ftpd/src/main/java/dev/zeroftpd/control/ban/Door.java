package dev.zeroftpd.control.ban;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns banned addresses away before they get a session. Any thread.
 *
 * @param bans the addresses
 * @param inClear whether the listener speaks without TLS at first: then a client is told why
 * @param events hears of those that are turned away
 */
public record Door(Bans bans, boolean inClear, Events events) {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private static final byte[] GUESSED =
            "421 Too many failed logins from your address, try again later.\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BANNED =
            "421 Your address may not connect to this server.\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Closes {@code accepted} if its client is banned; false if it may come in. Never blocks, and doesn't mind if the client
     * has left already. Where it fails, as for want of memory, it closes it too: it is known to no other.
     */
    public boolean isClosedTo(SocketChannel accepted) {
        return accepted.socket().getRemoteSocketAddress() instanceof InetSocketAddress remote
                && isClosedTo(accepted, remote.getAddress());
    }

    /** The same for a client that comes by way of a balancer. */
    public boolean isClosedTo(SocketChannel accepted, InetAddress client) {
        try {
            return isTurnedAway(accepted, client);
        } catch (RuntimeException | Error e) {
            try {
                accepted.close();
            } catch (IOException | RuntimeException | Error unclosed) {
                e.addSuppressed(unclosed);
            }
            throw e;
        }
    }

    private boolean isTurnedAway(SocketChannel accepted, InetAddress client) {
        Optional<BanOrigin> origin = bans.originOfBan(client);
        if (origin.isEmpty()) {
            return false;
        }
        if (events.wants(EventKind.REFUSED)) {
            events.publish(
                    EventKind.REFUSED,
                    Event.Client.at(AddressText.of(client)),
                    Event.Deed.NONE,
                    new Ending.Refused("banned", "its address is banned"));
        }
        try (accepted) {
            if (inClear) {
                accepted.configureBlocking(false); // what doesn't fit into a new socket's buffer isn't said
                accepted.write(ByteBuffer.wrap(origin.get() == BanOrigin.OPERATOR ? BANNED : GUESSED));
            }
        } catch (IOException gone) {
            LOG.debug("A banned client left before it was told so", gone);
        }
        return true;
    }
}
