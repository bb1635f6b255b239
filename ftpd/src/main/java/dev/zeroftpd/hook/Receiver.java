package dev.zeroftpd.hook;

/** Where events go. Any thread, several at once; {@link #close} ends what runs. */
interface Receiver extends AutoCloseable {

    /**
     * What came of one attempt.
     *
     * @param detail what the other side said, in one line for people; may be empty
     */
    record Answer(boolean accepted, String detail) {}

    /** Hands over one event; blocks until the other side has answered, or for {@code hook.timeout}. */
    Answer deliver(HookEvent event);

    @Override
    default void close() {}
}
