package dev.zeroftpd.control;

import dev.zeroftpd.control.rule.Conduct;

/**
 * One piece of work for a session's {@link Mailbox}. Immutable; run once, by the mailbox.
 *
 * @param body what to do; throws nothing that it could handle itself
 * @param conduct when and where it may run
 */
record Letter(Runnable body, Conduct conduct) {}
