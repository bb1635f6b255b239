package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.Arrivals.Arrival;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Waits on an event loop for the client to connect by way of a balancer, and for the header that says that it is the client.
 * Connections of others come and go meanwhile; a slow one holds up none.
 */
final class HeaderAttempt extends LoopAttempt {
    private final EventLoop loop;
    private final PassiveListener listener;
    private final Arrivals arrivals;
    private final Duration timeout;
    private final Map<Arrival, Registration> watched = new HashMap<>();

    HeaderAttempt(
            EventLoop loop, PassiveListener listener, Arrivals arrivals, Duration timeout, OpenCallback callback) {
        super(loop, listener.channel(), SelectionKey.OP_ACCEPT, timeout, callback);
        this.loop = loop;
        this.listener = listener;
        this.arrivals = arrivals;
        this.timeout = timeout;
    }

    /** Those that came before the transfer. */
    @Override
    void begun() {
        watch();
    }

    @Override
    void tryToOpen() throws IOException {
        for (Optional<Arrival> next = arrivals.next(); next.isPresent(); next = arrivals.next()) {
            if (arrivals.isClient(next.get())) {
                found(next.get().socket());
                return;
            }
        }
        watch();
    }

    private void watch() {
        watched.keySet().removeIf(arrival -> !arrival.socket().isOpen());
        for (Arrival each : arrivals.waiting()) {
            watched.computeIfAbsent(
                    each,
                    arrival -> loop.register(
                            arrival.socket(), SelectionKey.OP_READ, EventLoop.NO_DEADLINE, new Reading(arrival)));
        }
    }

    private void found(SocketChannel socket) throws IOException {
        SocketChannel connected = DataSockets.connected(socket);
        closeThen(() -> {});
        opened(connected);
    }

    /** Reads one arrival's header. */
    private final class Reading implements ReadyHandler {
        private final Arrival arrival;

        Reading(Arrival arrival) {
            this.arrival = arrival;
        }

        @Override
        public void ready(int ops) {
            if (hasEnded()) {
                return; // another was found in the same round: this one is dropped with the listener
            }
            try {
                if (arrivals.isClient(arrival)) {
                    handOver();
                } else if (!arrival.socket().isOpen()) {
                    forget();
                }
            } catch (RuntimeException | Error e) {
                // the socket stays ready: unless this ends, the loop would call it again and again
                NoDataConnection _ = OpenFaults.ofServer("Reading a PROXY header failed", e);
                arrivals.drop(arrival);
                forget();
            }
        }

        /** No selector may know the socket when it is handed on. */
        private void handOver() {
            SocketChannel socket;
            try {
                socket = DataSockets.connected(arrival.socket());
            } catch (IOException gone) {
                forget();
                return;
            }
            Registration registration = watched.remove(arrival);
            closeThen(() -> {});
            if (registration != null) {
                registration.release(() -> opened(socket));
            }
        }

        private void forget() {
            Registration registration = watched.remove(arrival);
            if (registration != null) {
                registration.close(() -> {});
            }
        }

        @Override
        public void expired() {
            // it has no deadline of its own
        }

        @Override
        public void lost(IOException cause) {
            PlainDataChannel.drop(arrival.socket());
        }
    }

    @Override
    void channelClosed() {
        arrivals.dropAll();
        watched.values().forEach(registration -> registration.close(() -> {}));
        watched.clear();
        listener.released();
    }

    @Override
    NoDataConnection expiredOutcome() {
        return new NoDataConnection("the client did not connect within " + timeout.toSeconds() + " s");
    }
}
