package dev.zeroftpd.operator.socket;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Accepts operators on an event loop, which serves data connections besides. The loop's thread. */
public final class Arrivals implements ReadyHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private static final FewLines UNACCEPTED = FewLines.perMinute(LOG, 2);

    /** Time for others to free descriptors or memory. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SocketFile file;
    private final EventLoop loop;
    private final Consumer<SocketChannel> next;
    private final Registration registration;

    private Arrivals(SocketFile file, EventLoop loop, Consumer<SocketChannel> next) {
        this.file = file;
        this.loop = loop;
        this.next = next;
        this.registration = file.watch(loop, this);
    }

    /**
     * Begins to accept.
     *
     * @param next takes each connection; must not block
     */
    public static void watch(SocketFile file, EventLoop loop, Consumer<SocketChannel> next) {
        loop.execute(() -> new Arrivals(file, loop, next));
    }

    @Override
    public void ready(int ops) {
        try {
            file.accept().ifPresent(next);
        } catch (IOException | Error e) {
            UNACCEPTED.write(Level.WARN, () -> "An operator's connection can't be accepted: " + FailureReason.of(e));
            registration.interest(0);
            loop.schedule(BREATH_NANOS, () -> registration.interest(SelectionKey.OP_ACCEPT));
        }
    }

    @Override
    public void expired() {
        // it waits as long as the server runs
    }

    @Override
    public void lost(IOException cause) {
        LOG.debug("No more operators are accepted", cause);
    }
}
