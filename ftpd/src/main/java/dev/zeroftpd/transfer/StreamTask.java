package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.PeerException;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;

/**
 * What a streamed transfer does once its data connection is there. Runs on the transfer's virtual thread in plain
 * blocking style.
 */
public interface StreamTask {

    /**
     * Moves the bytes and says how that ended. Not called if the data connection was never established.
     *
     * @throws IOException a {@link PeerException} (let it pass) if the data connection failed, any other if something
     *     local did
     */
    Outcome run(StreamChannel transfer) throws IOException;

    /**
     * Called exactly once, whatever happened, before the data connection is closed and the transfer reported as ended: the place
     * to publish or drop an upload and to close files. {@code outcome} is decided by then; nothing can cancel any more.
     *
     * @return {@code outcome}, or what became of a completed transfer at the last step
     * @throws IOException if that step failed; turns Completed into a local failure
     */
    default Outcome finish(Outcome outcome) throws IOException {
        return outcome;
    }
}
