package dev.zeroftpd.transfer.result;

import java.util.Optional;

/** The way that a transfer's bytes took, and why if it was not zero-copy. Immutable. */
public sealed interface Way {

    /** The words for the two, see {@link #word}. */
    String ZERO_COPY = "zero-copy";

    String STREAMED = "streamed";

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

    /** Without the reason, as events, metrics and the operator's commands call it. */
    default String word() {
        return switch (this) {
            case ZeroCopy _ -> ZERO_COPY;
            case Streamed _ -> STREAMED;
        };
    }

    /** What it was streamed for; empty for zero-copy. */
    default Optional<String> why() {
        return switch (this) {
            case ZeroCopy _ -> Optional.empty();
            case Streamed(StreamReason reason) -> Optional.of(reason.label());
        };
    }

    /** As the transfer log and {@code SITE ZEROCOPY} print it: {@code zero-copy} or {@code streamed: REASON}. */
    default String describe() {
        return word() + why().map(reason -> ": " + reason).orElse("");
    }
}
