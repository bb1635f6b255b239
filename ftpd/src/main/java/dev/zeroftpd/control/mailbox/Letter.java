package dev.zeroftpd.control.mailbox;

import dev.zeroftpd.control.rule.Conduct;

/**
 * One piece of work for a session's {@link Mailbox}. Immutable; run once, by the mailbox.
 *
 * @param body what to do; throws nothing that it could handle itself
 * @param conduct when and where it may run
 * @param bytes how much of what the client sent it holds
 */
public record Letter(Runnable body, Conduct conduct, int bytes) {

    /** One that holds nothing of the client's. */
    public Letter(Runnable body, Conduct conduct) {
        this(body, conduct, 0);
    }
}
