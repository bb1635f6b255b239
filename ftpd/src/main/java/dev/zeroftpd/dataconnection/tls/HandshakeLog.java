package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.ops.FewLines;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each TLS handshake of a control connection that failed: who, why, and what the client offered.
 * Thread-safe.
 *
 * <p>Strangers can cause such lines without an account, so at most 60 a minute are written; the first one afterwards says how many were left out.
 */
public final class HandshakeLog {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);

    /** How a TLS record begins (RFC 8446, section 5.1). */
    private static final byte HANDSHAKE = 0x16;

    private static final byte VERSION_3 = 3;

    private static final int MOST_LINES = 60;

    static final HandshakeLog OF_THIS_PROCESS = new HandshakeLog(LOG, InstantSource.system());

    private final FewLines lines;

    HandshakeLog(Logger log, InstantSource clock) {
        this.lines = new FewLines(log, MOST_LINES, Duration.ofMinutes(1), clock);
    }

    /** For a connection that has ended: writes nothing if its handshake succeeded or never began. */
    void ended(IoSession session, ServerEngine handshake) {
        if (handshake.failure().isPresent()) {
            failed(session.getRemoteAddress(), handshake.failure().get(), handshake.hello());
        } else if (handshake.isInHandshake()) {
            failed(session.getRemoteAddress(), "the connection ended in the handshake", handshake.hello());
        }
    }

    /**
     * Tells of a client that begins a handshake where the server expects commands in clear. Writes nothing for other clients.
     *
     * @param first the first bytes of a connection
     */
    public static void lookAtFirstBytes(@Nullable SocketAddress peer, ByteBuffer first) {
        if (first.remaining() > 1
                && first.get(first.position()) == HANDSHAKE
                && first.get(first.position() + 1) == VERSION_3) {
            OF_THIS_PROCESS.failed(
                    peer,
                    "it began a handshake on a port that begins in clear (use explicit TLS in the client, or"
                            + " tls=implicit for the listener)",
                    ClientHello.message(first).flatMap(ClientHello::parse));
        }
    }

    void failed(@Nullable SocketAddress peer, String why, Optional<ClientHello> hello) {
        lines.write(Level.INFO, () -> line(peer, why, hello));
    }

    static String line(@Nullable SocketAddress peer, String why, Optional<ClientHello> hello) {
        String address = String.valueOf(peer);
        String offer = hello.map(offered -> "; it offered " + HandshakeFaults.versions(offered) + " with "
                        + CipherSuiteNames.list(offered.suites()))
                .orElse("");
        return "TLS with " + (address.startsWith("/") ? address.substring(1) : address) + " failed: " + why + offer;
    }
}
