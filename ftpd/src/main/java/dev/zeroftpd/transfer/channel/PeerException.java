package dev.zeroftpd.transfer.channel;

import java.io.IOException;

/** The data connection failed, as opposed to the local file: the peer's or the network's doing. The client may read its message. */
public final class PeerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The connection was dropped by us. */
    public PeerException() {
        super("the transfer is over");
    }

    public PeerException(IOException cause) {
        super(PeerFault.words(cause), cause);
    }
}
