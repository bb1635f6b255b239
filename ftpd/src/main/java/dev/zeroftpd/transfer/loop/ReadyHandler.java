package dev.zeroftpd.transfer.loop;

import java.io.IOException;

/** Hears what happens to a channel that is registered with an event loop. Called on the loop: must never block. */
public interface ReadyHandler {

    /** The channel is ready for some of {@code ops}. Called again as long as it is, so act or change the interest. */
    void ready(int ops);

    /** The registration's deadline passed. Called at most once; the registration stays until it is closed or released. */
    void expired();

    /** The channel could not be registered, or the loop ends. The registration is gone; the channel is still open. */
    void lost(IOException cause);
}
