package dev.zeroftpd.operator;

import java.io.IOException;

/** Carries out one command of the operator. Any thread, many at once; may block. */
@FunctionalInterface
interface OperatorCommand {

    /**
     * Answers with any number of lines.
     *
     * @throws Refused if nothing was done, and why
     * @throws IOException if the operator is gone
     */
    void run(Request request, Answer answer) throws Refused, IOException;
}
