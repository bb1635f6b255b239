package dev.zeroftpd.spi;

import java.util.Optional;

/**
 * Answers who may log in, of those whom {@code users.properties} doesn't know. Several threads at a time, never one that serves
 * clients.
 */
public interface AccountSource extends AutoCloseable {

    /**
     * Looks a name and its password up. May block. A thread that takes longer than {@link SourceSettings#timeout()} is interrupted,
     * and its answer is not used: the client is told that the accounts aren't available. An exception counts as
     * {@link LoginAnswer.Unanswered}, an error as {@link LoginAnswer.Unavailable}.
     *
     * <p>It is never asked about an empty password, about {@code anonymous}, nor about names with control characters or of more than
     * 128 characters. The server counts wrong passwords, slows guesses down and bans for them; it remembers right ones as
     * {@code users.source-cache} says.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    LoginAnswer ask(LoginQuestion question) throws InterruptedException;

    /**
     * Why the source couldn't answer now, in a clause; empty if it could. For {@code ftpd check --strict}; may block as
     * {@link #ask} does.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<String> fault() throws InterruptedException;

    /** Gives back what it holds. Called once, when the server has ended; questions may still be running. */
    @Override
    void close();
}
