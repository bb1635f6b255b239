package dev.zeroftpd.control.proxy;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.admission.Probation;
import dev.zeroftpd.control.admission.Strangers;
import dev.zeroftpd.dataconnection.proxy.HeaderReader;
import dev.zeroftpd.dataconnection.proxy.ProxiedClient;
import dev.zeroftpd.dataconnection.proxy.ProxyFaults;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader;
import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.mina.transport.socket.nio.NioSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the connections of one listener wait for their PROXY header, before they are sessions. Each has a virtual thread that
 * reads it and counts among the strangers of the balancer's address: so their number and their time are bounded, and a flood
 * of silent ones makes room among themselves. Any thread.
 */
public final class ProxyEntrance {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyEntrance.class);

    private static final String KIND = "control connection";

    /** A balancer sends it with the connection; this is for some lost packets. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final byte[] HEALTHY = "220 This server is up; a connection that names no client can't log in.\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAVING = "421 Shutting down.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TrustedProxies proxies;
    private final Strangers strangers;
    private final Function<InetAddress, AddressPrefix> prefixes;
    private final Duration longest;
    private final Optional<BooleanSupplier> draining;
    private final Set<SocketChannel> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ProxyEntrance(
            TrustedProxies proxies,
            Strangers strangers,
            Function<InetAddress, AddressPrefix> prefixes,
            Duration longest,
            Optional<BooleanSupplier> draining) {
        this.proxies = proxies;
        this.strangers = strangers;
        this.prefixes = prefixes;
        this.longest = longest;
        this.draining = draining;
    }

    /**
     * One for a listener.
     *
     * @param strangers among whom those count that wait
     * @param prefixes what the connections from an address are counted as
     * @param loginTimeout of the listener; zero: none
     * @param draining whether a balancer that looks is told that the server is about to end; empty: it is told nothing,
     *     because the listener speaks TLS at once
     */
    public static Optional<ProxyEntrance> of(
            TrustedProxies proxies,
            Strangers strangers,
            Function<InetAddress, AddressPrefix> prefixes,
            Duration loginTimeout,
            Optional<BooleanSupplier> draining) {
        Duration longest = loginTimeout.isPositive() && loginTimeout.compareTo(LONGEST) < 0 ? loginTimeout : LONGEST;
        return Optional.of(new ProxyEntrance(proxies, strangers, prefixes, longest, draining));
    }

    /**
     * Has the header of an accepted connection read, and then {@code enter} called; or closes the connection. Never waits.
     *
     * @param accepted of which no selector knows yet
     * @param enter may close its socket, too
     */
    public void await(NioSession accepted, Consumer<ProxiedSession> enter) {
        if (!(accepted.getChannel() instanceof SocketChannel socket)) {
            return;
        }
        try {
            InetAddress peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
            if (!proxies.include(peer)) {
                ProxyFaults.untrusted(KIND, peer);
                socket.close();
                return;
            }
            Thread.ofVirtual().start(() -> receive(new Waiting(accepted, socket, peer), enter));
        } catch (IOException gone) {
            PlainDataChannel.drop(socket);
        } catch (RuntimeException | Error e) {
            PlainDataChannel.drop(socket);
            throw e;
        }
    }

    /** One connection whose header is awaited. */
    private record Waiting(NioSession accepted, SocketChannel socket, InetAddress peer) {}

    private void receive(Waiting connection, Consumer<ProxiedSession> enter) {
        SocketChannel socket = connection.socket();
        boolean entered = false;
        try {
            waiting.add(socket);
            if (!closed) {
                Optional<ProxyHeader.Client> client = client(connection);
                if (client.isPresent()) {
                    InetSocketAddress local = (InetSocketAddress) socket.getLocalAddress();
                    enter.accept(new ProxiedSession(
                            connection.accepted(), socket, new ProxiedClient(client.get(), local, proxies)));
                    entered = true;
                }
            }
        } catch (IOException gone) {
            LOG.debug("{} has left before its PROXY header", connection.peer(), gone);
        } catch (IllegalStateException ended) {
            LOG.debug("The listener has ended", ended);
        } finally {
            waiting.remove(socket);
            if (!entered) {
                close(socket);
            }
        }
    }

    /** Reads the header; empty if there is no client to let in. */
    private Optional<ProxyHeader.Client> client(Waiting connection) throws IOException {
        SocketChannel socket = connection.socket();
        HeaderReader reader = new HeaderReader(socket);
        Probation probation = strangers.arrived(
                prefixes.apply(connection.peer()), longest, why -> sentAway(connection), () -> close(socket));
        try {
            return switch (reader.read()) {
                case ProxyHeader.Client client -> Optional.of(client);
                case ProxyHeader.WithoutClient _ -> {
                    reassure(socket);
                    yield Optional.empty();
                }
                case ProxyHeader.Malformed malformed -> {
                    ProxyFaults.malformed(KIND, connection.peer(), malformed.why());
                    yield Optional.empty();
                }
                case ProxyHeader.More _ -> throw new IllegalStateException("The socket blocks");
            };
        } catch (EOFException early) {
            if (!reader.isUnbegun()) { // otherwise only whether the port is open was of interest
                ProxyFaults.malformed(KIND, connection.peer(), "it ended within its PROXY header");
            }
            return Optional.empty();
        } catch (ClosedChannelException sentAway) {
            return Optional.empty();
        } finally {
            probation.closed();
        }
    }

    private static void sentAway(Waiting connection) {
        if (connection.socket().isOpen()) {
            ProxyFaults.malformed(KIND, connection.peer(), "its PROXY header didn't come in time");
            close(connection.socket());
        }
    }

    /** A balancer that speaks for itself wants to see that the server answers. */
    private void reassure(SocketChannel socket) throws IOException {
        if (draining.isPresent()) {
            socket.write(ByteBuffer.wrap(draining.get().getAsBoolean() ? LEAVING : HEALTHY));
        }
        socket.shutdownOutput();
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing {}", socket, e);
        }
    }

    /** No connection waits any longer, nor will any. */
    public void close() {
        closed = true;
        waiting.forEach(ProxyEntrance::close);
    }
}
