package dev.zeroftpd.transfer;

import java.io.IOException;

/** The data connection failed, as opposed to the local file: the peer's or the network's doing. */
final class PeerException extends IOException {

    private static final long serialVersionUID = 1L;

    PeerException(IOException cause) {
        super(cause.getMessage() == null ? "connection failed" : cause.getMessage(), cause);
    }
}
