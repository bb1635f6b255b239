package dev.zeroftpd.transfer;

/** What one attempt to send a piece of a file did: the three meanings of "0 bytes" told apart. Immutable. */
sealed interface Progress {

    /** At least one byte went into the socket; fewer than asked for if the socket is full now. */
    record Moved(long bytes) implements Progress {}

    /** The socket takes nothing at the moment. */
    record SocketFull() implements Progress {}

    /** The file has no byte at this position (any more). */
    record SourceEnded(long fileSize) implements Progress {}
}
