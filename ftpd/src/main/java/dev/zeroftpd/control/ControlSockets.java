package dev.zeroftpd.control;

import dev.zeroftpd.control.ban.Door;
import dev.zeroftpd.control.proxy.ProxiedSession;
import dev.zeroftpd.control.proxy.ProxyEntrance;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.service.SimpleIoProcessorPool;
import org.apache.mina.transport.socket.nio.NioSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A listener's acceptor and the I/O threads of the accepted connections. MINA disposes only of processors that
 * it made itself, so both live and end here.
 */
record ControlSockets(
        NioSocketAcceptor acceptor, SimpleIoProcessorPool<NioSession> processors, Optional<ProxyEntrance> entrance) {
    private static final FewLines ERRORS =
            FewLines.perMinute(LoggerFactory.getLogger(ControlSockets.class), 2).ready();

    static {
        // what says why is initialised too, before the first connection: later there may be no memory for it
        String _ = FailureReason.of(new OutOfMemoryError());
    }

    /** Time for others to free memory. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /**
     * Opens both.
     *
     * @param deaf called if the thread that accepts connections dies of an error
     * @param door keeps banned clients out
     * @param entrance where clients of a balancer wait for their header; empty: clients connect themselves
     * @param bound what is to listen first; null: a port that is bound when it is asked for
     */
    static ControlSockets open(
            Consumer<Error> deaf, Door door, Optional<ProxyEntrance> entrance, @Nullable ServerSocketChannel bound) {
        SimpleIoProcessorPool<NioSession> processors = new SimpleIoProcessorPool<>(
                DirectWriteProcessor.class,
                loop -> thread(() -> runToItsEnd(loop)),
                Runtime.getRuntime().availableProcessors(),
                null);
        return new ControlSockets(
                new Acceptor(loop -> thread(() -> runUntilItFails(loop, deaf)), processors, door, entrance, bound),
                processors,
                entrance);
    }

    /** Accepts as MINA does, except that it doesn't write a stack trace for each try while no descriptor is free. */
    private static final class Acceptor extends NioSocketAcceptor {

        private final Door door;
        private final Optional<ProxyEntrance> entrance;

        /** Used by the thread that accepts only. */
        private @Nullable ServerSocketChannel bound;

        Acceptor(
                Executor executor,
                IoProcessor<NioSession> processor,
                Door door,
                Optional<ProxyEntrance> entrance,
                @Nullable ServerSocketChannel bound) {
            super(executor, processor);
            this.door = door;
            this.entrance = entrance;
            this.bound = bound;
        }

        @Override
        protected ServerSocketChannel open(SocketAddress address) throws Exception {
            ServerSocketChannel first = bound;
            if (first == null) {
                return super.open(address);
            }
            bound = null;
            first.configureBlocking(false);
            first.register(selector, SelectionKey.OP_ACCEPT);
            return first;
        }

        @Override
        protected @Nullable NioSession accept(IoProcessor<NioSession> processor, ServerSocketChannel listener)
                throws Exception {
            try {
                tryADescriptor();
                NioSession accepted = super.accept(processor, listener);
                if (accepted != null && entrance.isPresent()) {
                    entrance.get().await(accepted, this::enter);
                    return null; // it comes in with its header
                }
                return accepted == null || isTurnedAway(accepted) ? null : accepted;
            } catch (IOException | Error e) {
                report("A connection can't be accepted", e);
                LockSupport.parkNanos(this, BREATH_NANOS);
                return null; // it waits in the listener's queue
            }
        }

        /** A session that MINA doesn't get is only its socket. */
        private boolean isTurnedAway(NioSession accepted) {
            return accepted.getChannel() instanceof SocketChannel socket && door.isClosedTo(socket);
        }

        /** Does what MINA does with a session that it accepts. Any thread. */
        private void enter(ProxiedSession session) {
            if (!door.isClosedTo(
                    session.getChannel(), session.getRemoteAddress().getAddress())) {
                initSession(session, null, null);
                session.getProcessor().add(session);
            }
        }

        /** Where it fails, accepting would too. Costs some microseconds for each connection. */
        private static void tryADescriptor() throws IOException {
            DatagramChannel.open().close();
        }
    }

    private static void thread(Runnable loop) {
        Thread.ofPlatform().daemon(false).start(loop);
    }

    /**
     * Goes on after an error such as an OutOfMemoryError: the loop has its state in its selector, and what it was doing for
     * one session concerns no other.
     */
    static void runToItsEnd(Runnable loop) {
        boolean ended = false;
        while (!ended) {
            try {
                loop.run();
                ended = true;
            } catch (Error e) {
                report("An I/O thread goes on after an error", e);
                LockSupport.parkNanos(loop, BREATH_NANOS);
            }
        }
    }

    /** The loop that accepts forgets what it listened to, so it can't go on. */
    static void runUntilItFails(Runnable loop, Consumer<Error> deaf) {
        try {
            loop.run();
        } catch (Error e) {
            say(() -> ERRORS.writeNow(Level.ERROR, () -> line("No more connections are accepted", e)));
            deaf.accept(e);
        }
    }

    private static void report(String what, Throwable error) {
        say(() -> ERRORS.write(Level.ERROR, () -> line(what, error)));
    }

    private static String line(String what, Throwable error) {
        return what + ": " + FailureReason.of(error);
    }

    private static void say(Runnable line) {
        try {
            line.run();
        } catch (Error unsaid) {
            // there is no memory for the line either
        }
    }

    void dispose() {
        if (entrance.isPresent()) { // a method reference would be linked without a balancer, too
            entrance.get().close();
        }
        acceptor.dispose();
        processors.dispose();
    }
}
