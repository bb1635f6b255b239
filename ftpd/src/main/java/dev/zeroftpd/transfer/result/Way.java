package dev.zeroftpd.transfer.result;

/** The way that a transfer's bytes took, and why if it was not zero-copy. Immutable. */
public sealed interface Way {

    /** From the page cache to the socket by {@code sendfile(2)}. */
    record ZeroCopy() implements Way {}

    /** Through this process's buffers. */
    record Streamed(StreamReason reason) implements Way {}

    static Way zeroCopy() {
        return new ZeroCopy();
    }

    static Way streamed(StreamReason reason) {
        return new Streamed(reason);
    }

    /** As the transfer log and {@code SITE ZEROCOPY} print it: {@code zero-copy} or {@code streamed: REASON}. */
    default String describe() {
        return switch (this) {
            case ZeroCopy ignored -> "zero-copy";
            case Streamed streamed -> "streamed: " + streamed.reason().label();
        };
    }
}
