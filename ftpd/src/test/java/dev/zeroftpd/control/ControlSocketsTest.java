package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.control.ban.Doors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.DefaultIoSessionDataStructureFactory;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.session.IoSessionAttributeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of the threads that serve all sessions when an error hits them. */
@Tag("attack")
class ControlSocketsTest {

    private final List<String> events = new ArrayList<>();

    @Test
    void anIoThreadGoesOnAfterAnyError() {
        List<Error> errors = new ArrayList<>(List.of(
                new OutOfMemoryError("for a test"), new StackOverflowError(), new NoClassDefFoundError("for a test")));
        ControlSockets.runToItsEnd(() -> {
            events.add("run");
            if (!errors.isEmpty()) {
                throw errors.removeFirst();
            }
        });
        assertThat(events).hasSize(4);
    }

    @Test
    void theThreadThatAcceptsSaysWhenItCanAcceptNoMore() {
        ControlSockets.runUntilItFails(
                () -> {
                    throw new OutOfMemoryError("for a test");
                },
                deaf -> events.add("deaf: " + deaf.getMessage()));
        assertThat(events).containsExactly("deaf: for a test");
    }

    @Test
    void nothingIsSaidAboutLoopsThatEnd() {
        ControlSockets.runUntilItFails(() -> events.add("run"), deaf -> events.add("deaf"));
        assertThat(events).containsExactly("run");
    }

    /** As many that fail as there are I/O threads, so that each of them has had its error. */
    @Test
    void theIoThreadsOfAListenerGoOn() throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicInteger created = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        List<Socket> clients = new ArrayList<>();
        ControlSockets sockets = ControlSockets.open(_ -> {}, Doors.open(), Optional.empty(), null);
        try {
            sockets.acceptor().setHandler(new IoHandlerAdapter() {
                @Override
                public void sessionCreated(IoSession session) {
                    if (created.incrementAndGet() <= threads) {
                        throw new OutOfMemoryError("for a test");
                    }
                }

                @Override
                public void sessionOpened(IoSession session) {
                    opened.incrementAndGet();
                }
            });
            sockets.acceptor().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 1; i <= 2 * threads; i++) {
                int connected = i;
                clients.add(new Socket(
                        InetAddress.getLoopbackAddress(),
                        sockets.acceptor().getLocalAddress().getPort()));
                await().until(() -> created.get() >= connected);
            }
            await().until(() -> opened.get() == threads);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            sockets.dispose();
        }
    }

    @Test
    void aListenersThreadThatAcceptsSaysWhenItCanAcceptNoMore() throws IOException {
        List<String> deaf = new CopyOnWriteArrayList<>();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel bound = ServerSocketChannel.open().bind(anyPort)) {
            ControlSockets sockets = ControlSockets.open(
                    error -> deaf.add(String.valueOf(error.getMessage())), Doors.open(), Optional.empty(), bound);
            sockets.acceptor().setHandler(new IoHandlerAdapter());
            // what MINA asks on that thread for each connection
            sockets.acceptor().setSessionDataStructureFactory(new DefaultIoSessionDataStructureFactory() {
                @Override
                public IoSessionAttributeMap getAttributeMap(IoSession session) {
                    throw new OutOfMemoryError("for a test");
                }
            });
            sockets.acceptor().bind(anyPort);
            try (Socket _ = new Socket(anyPort.getAddress(), bound.socket().getLocalPort())) {
                await().untilAsserted(() -> assertThat(deaf).containsExactly("for a test"));
            }
            sockets.processors().dispose();
        }
    }
}
