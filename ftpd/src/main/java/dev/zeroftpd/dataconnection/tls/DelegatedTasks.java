package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.transfer.turn.Turn;
import javax.net.ssl.SSLEngine;

/** Runs what an engine has to compute during a handshake, on the thread that drives the engine. */
final class DelegatedTasks {
    private DelegatedTasks() {}

    static void run(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            Turn.current().take();
            task.run();
        }
    }
}
