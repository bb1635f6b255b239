package dev.zeroftpd.control;

/** What the client sent up to an end of line. Immutable. */
sealed interface Line {

    /** A line as it should be, without its end. */
    record Text(String text) implements Line {}

    /** A line longer than {@link LineDecoder#MAX_LENGTH}; nothing of it is kept. */
    record TooLong() implements Line {}

    /** A line with a NUL in it, which no name and no command has. */
    record Malformed() implements Line {}
}
