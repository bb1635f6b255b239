package dev.zeroftpd.control;

/** What the client sent up to an end of line. Immutable. */
sealed interface Line {

    /** A line as it should be, without its end. */
    record Text(String text) implements Line {

        /** True for QUIT, as {@link ControlRequest} reads it. */
        boolean isQuit() {
            int verb = text.startsWith("x") || text.startsWith("X") ? 1 : 0;
            int end = verb + QUIT.length();
            return text.regionMatches(true, verb, QUIT, 0, QUIT.length())
                    && (text.length() == end || text.charAt(end) == ' ');
        }
    }

    /**
     * The verb that says that the client is done. Looked for in bytes that are no requests yet: an upload's end depends on
     * whether one has come, long before it has its turn.
     */
    String QUIT = "QUIT";

    /** A line with more bytes than {@code limit}; nothing of it is kept. */
    record TooLong(int limit) implements Line {}

    /** A line with a NUL in it, which no name and no command has. */
    record Malformed() implements Line {}
}
