package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.proxy.HeaderReader;
import dev.zeroftpd.dataconnection.proxy.ProxyFaults;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The connections of one passive listener behind a balancer: whose they are, their headers have to say before they count.
 * One thread at a time, which never blocks.
 */
final class Arrivals {

    /** A balancer sends its header with the connection, so hardly one waits; more would be a stranger's by way of it. */
    private static final int MOST = 8;

    private static final String KIND = "data connection";

    private final ServerSocketChannel listener;
    private final PassiveListener.Callers callers;
    private final Deque<Arrival> waiting = new ArrayDeque<>(1);

    /** One connection of a balancer whose header hasn't come, or not all of it. */
    record Arrival(SocketChannel socket, InetAddress peer, HeaderReader reader) {}

    Arrivals(ServerSocketChannel listener, PassiveListener.Callers callers) {
        this.listener = listener;
        this.callers = callers;
    }

    /** The client's connection, if it is there with its header; those of others are dropped. */
    Optional<SocketChannel> accept() throws IOException {
        for (Optional<Arrival> next = next(); next.isPresent(); next = next()) {
            if (isClient(next.get())) {
                return Optional.of(next.get().socket());
            }
        }
        for (Arrival each : waiting()) {
            if (isClient(each)) {
                return Optional.of(each.socket());
            }
        }
        return Optional.empty();
    }

    /** Those whose header is awaited. */
    List<Arrival> waiting() {
        return List.copyOf(waiting);
    }

    /** One more connection of a balancer; drops the one that waits for longest if they are too many. */
    Optional<Arrival> next() throws IOException {
        for (SocketChannel socket = listener.accept(); socket != null; socket = listener.accept()) {
            try {
                InetAddress peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
                if (callers.proxies().filter(proxies -> proxies.include(peer)).isPresent()) {
                    socket.configureBlocking(false);
                    if (waiting.size() == MOST) {
                        PlainDataChannel.drop(waiting.removeFirst().socket());
                    }
                    Arrival arrival = new Arrival(socket, peer, new HeaderReader(socket));
                    waiting.addLast(arrival);
                    return Optional.of(arrival);
                }
                ProxyFaults.untrusted(KIND, peer);
            } catch (IOException gone) {
                // it has left already
            }
            PlainDataChannel.drop(socket);
        }
        return Optional.empty();
    }

    /** Reads on; true if the client is found, whose socket is the caller's now. One that isn't the client's is dropped. */
    boolean isClient(Arrival arrival) {
        if (!waiting.contains(arrival)) {
            return false;
        }
        boolean found = false;
        try {
            ProxyHeader header = arrival.reader().read();
            switch (header) {
                case ProxyHeader.More _ -> {
                    return false;
                }
                case ProxyHeader.Client client ->
                    found = callers.mayCall(client.source().getAddress());
                case ProxyHeader.WithoutClient _ -> {
                    // a balancer that looks whether the port is open
                }
                case ProxyHeader.Malformed malformed -> ProxyFaults.malformed(KIND, arrival.peer(), malformed.why());
            }
        } catch (EOFException early) {
            if (!arrival.reader().isUnbegun()) {
                ProxyFaults.malformed(KIND, arrival.peer(), "it ended within its PROXY header");
            }
        } catch (IOException gone) {
            // it is dropped, as if it had never come
        }
        if (found) {
            waiting.remove(arrival);
        } else {
            drop(arrival);
        }
        return found;
    }

    /** It isn't the client's. */
    void drop(Arrival arrival) {
        waiting.remove(arrival);
        PlainDataChannel.drop(arrival.socket());
    }

    /** The listener needs none of them any more. */
    void dropAll() {
        waiting.forEach(arrival -> PlainDataChannel.drop(arrival.socket()));
        waiting.clear();
    }
}
