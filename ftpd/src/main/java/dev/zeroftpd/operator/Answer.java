package dev.zeroftpd.operator;

import java.io.IOException;
import java.util.Map;

/** The lines that a command answers; where they go. One thread. */
interface Answer {

    /**
     * Writes one line of what was asked for, perhaps later.
     *
     * @throws IOException if the operator is gone, or doesn't read
     */
    void line(Map<String, ?> object) throws IOException;

    /** Has everything written that was said. */
    void flush() throws IOException;

    /** False once the operator has hung up. Never waits. */
    boolean isHeard() throws IOException;
}
