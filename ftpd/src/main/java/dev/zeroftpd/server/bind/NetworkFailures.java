package dev.zeroftpd.server.bind;

import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import org.apache.mina.util.ExceptionMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what fails in MINA's own loops. Any thread; for a process of our own, because MINA has one for all.
 *
 * <p>A selector that fails once may fail at each turn of its loop, and MINA would write a stack trace each time. Connections
 * that can't be accepted are not among this: the listener reports them itself.
 */
public final class NetworkFailures extends ExceptionMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkFailures.class);

    private static final int LINES_A_MINUTE = 2;

    private final FewLines expected = FewLines.perMinute(LOG, LINES_A_MINUTE);
    private final FewLines surprising = FewLines.perMinute(LOG, LINES_A_MINUTE);

    public static void log() {
        setInstance(new NetworkFailures());
    }

    @Override
    public void exceptionCaught(Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else if (cause instanceof IOException) {
            expected.write(Level.WARN, () -> "Serving connections fails: " + cause.getMessage());
        } else {
            surprising.write(Level.ERROR, () -> "Serving connections failed", cause);
        }
    }
}
