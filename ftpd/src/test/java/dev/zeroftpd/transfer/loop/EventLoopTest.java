package dev.zeroftpd.transfer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private EventLoop loop;

    private final ReadyHandler listener = new ReadyHandler() {
        @Override
        public void ready(int ops) {
            heard.add("ready");
        }

        @Override
        public void expired() {
            heard.add("expired");
        }

        @Override
        public void lost(IOException cause) {
            heard.add("lost");
        }
    };

    @BeforeEach
    void start() throws IOException {
        loop = EventLoop.start("loop", System::nanoTime);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void runsTasksInOrderOnItsThread() {
        for (int i = 0; i < 100; i++) {
            String name = "task " + i;
            loop.execute(() -> heard.add(loop.isCurrent() ? name : "elsewhere"));
        }
        await().until(() -> heard.size() == 100);
        assertThat(heard).startsWith("task 0", "task 1").endsWith("task 99").doesNotContain("elsewhere");
    }

    @Test
    void runsTimersByTheirTimeAndForgetsCancelledOnes() {
        loop.execute(() -> {
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(20), () -> heard.add("later"));
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(1), () -> heard.add("sooner"));
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(5), () -> heard.add("cancelled"))
                    .cancel();
        });
        await().until(() -> heard.contains("later"));
        assertThat(heard).containsExactly("sooner", "later");
    }

    @Test
    void survivesATaskThatThrows() {
        loop.execute(() -> {
            throw new IllegalStateException("broken");
        });
        loop.execute(() -> heard.add("next"));
        await().until(() -> heard.contains("next"));
    }

    @Test
    void survivesATaskThatFindsNoMemory() {
        loop.execute(() -> {
            throw new OutOfMemoryError("as the virtual machine throws it");
        });
        loop.execute(() -> heard.add("next"));
        await().until(() -> heard.contains("next"));
    }

    @Test
    void runsOrRefusesWhateverComesWhileItEnds() throws Exception {
        for (int i = 0; i < 200; i++) {
            EventLoop ending = EventLoop.start("ending", System::nanoTime);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            Thread busy = Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        ending.execute(ran::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (RejectedExecutionException ended) {
                    // the end of this loop of ours, too
                }
            });
            await().pollInterval(Duration.ofMillis(1)).until(() -> ran.get() > 0);
            ending.close();
            busy.join();
            assertThat(ran).hasValue(accepted.get());
        }
    }

    @Test
    void freesThePortBeforeItSaysThatTheChannelIsClosed() throws Exception {
        ServerSocketChannel server = listening();
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        Registration registration = loop.register(server, SelectionKey.OP_ACCEPT, EventLoop.NO_DEADLINE, listener);
        CountDownLatch closed = new CountDownLatch(1);
        registration.close(closed::countDown);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

        try (ServerSocketChannel again = ServerSocketChannel.open()) {
            again.bind(address);
            assertThat(again.getLocalAddress()).isEqualTo(address);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void releasesAChannelThatCanBeMadeBlockingThen() throws Exception {
        try (ServerSocketChannel server = listening()) {
            Registration registration = loop.register(server, 0, EventLoop.NO_DEADLINE, listener);
            CountDownLatch released = new CountDownLatch(1);
            registration.release(released::countDown);
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();

            server.configureBlocking(true);
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void saysOnceThatADeadlinePassed() throws Exception {
        try (ServerSocketChannel server = listening()) {
            loop.register(server, SelectionKey.OP_ACCEPT, 1, listener);
            await().until(() -> heard.contains("expired"));
            assertThat(heard).containsExactly("expired");
        }
    }

    @Test
    void tellsEveryRegistrationThatItIsLostWhenItEnds() throws Exception {
        try (ServerSocketChannel server = listening()) {
            loop.register(server, SelectionKey.OP_ACCEPT, EventLoop.NO_DEADLINE, listener);
            loop.close();

            assertThat(heard).containsExactly("lost");
            assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        return server;
    }
}
