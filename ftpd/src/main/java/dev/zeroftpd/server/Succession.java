package dev.zeroftpd.server;

import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Frees the port of metrics and health for a new server, which binds the port of its first listener before: so a draining
 * server goes on telling that it drains, unless another one is there to tell that it serves. Any thread; its own ends with the
 * process.
 */
final class Succession {

    /** How often it looks. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final InetSocketAddress listener;
    private final Runnable release;

    private Succession(InetSocketAddress listener, Runnable release) {
        this.listener = listener;
        this.release = release;
    }

    /**
     * Runs {@code release} once a program listens where this server did.
     *
     * @param listener on which it doesn't listen any more
     */
    static void await(InetSocketAddress listener, Runnable release) {
        Succession succession = new Succession(listener, release);
        Thread.ofPlatform().daemon().name("succession").start(succession::run);
    }

    private void run() {
        try {
            while (!isTaken()) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            release.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether a program listens there. A socket that only has the address, but doesn't listen, keeps no other from listening.
     * Where this process may not even do that, as on privileged ports that it was given before it became another user, the
     * answer is yes, for a new server must not be kept out.
     */
    private boolean isTaken() {
        try (SocketChannel probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(listener);
            return false;
        } catch (IOException e) {
            int number = ErrorText.number(e).orElse(0);
            return number == ErrorNumber.EADDRINUSE || number == ErrorNumber.EACCES;
        }
    }
}
