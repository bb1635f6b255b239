package dev.zeroftpd.control;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

/** Whether a client is still there, by what its control connection has brought. Any thread; one at a time may wait. */
public final class ClientPresence {

    /** How the client has left, if it has. */
    public enum Presence {
        /** Its control connection is open, as far as this machine can know. */
        HERE,
        /** It has ended its side of the control connection, behind a QUIT. */
        SAID_QUIT,
        /** It has ended its side without a QUIT, as the sockets of a killed process are. */
        VANISHED
    }

    private final IoSession session;
    private final ControlSocket socket;
    private volatile boolean departed;
    private volatile @Nullable Thread watcher;

    ClientPresence(IoSession session, ControlSocket socket) {
        this.session = session;
        this.socket = socket;
    }

    /**
     * By what the kernel knows now: what has arrived is taken in before the answer. Never waits for the client. One system
     * call, unless something has arrived. For threads that no lock depends on.
     */
    public Presence now() {
        boolean quit = LineFilter.hasQuit(session);
        if (!quit && !departed && session instanceof NioSession nio) {
            socket.takeIn(nio);
            quit = LineFilter.hasQuit(session);
        }
        if (quit) {
            return Presence.SAID_QUIT;
        }
        return departed ? Presence.VANISHED : Presence.HERE;
    }

    /**
     * The same, but a client that is still here gets {@code moment} to leave, because the sockets of a killed process are
     * closed one after the other. The wait ends as soon as the client leaves or says QUIT.
     */
    public Presence after(Duration moment) {
        long deadline = System.nanoTime() + moment.toNanos();
        watcher = Thread.currentThread();
        try {
            long left = moment.toNanos();
            while (left > 0 && !departed && !LineFilter.hasQuit(session)) {
                LockSupport.parkNanos(this, left);
                left = deadline - System.nanoTime();
            }
        } finally {
            watcher = null;
        }
        return now();
    }

    /** Wakes the thread that waits for the client to leave. */
    void wakeWatcher() {
        LockSupport.unpark(watcher);
    }

    /** True if the client is known to have ended its side of the connection in any way. */
    public boolean isDeparted() {
        return departed;
    }

    /** The client has ended its side of the connection. */
    void departed() {
        departed = true;
        wakeWatcher();
    }
}
