/**
 * A session's mailbox: the serial queue that decides what may run when, and on which thread.
 *
 * <p>It knows letters and their conduct, but neither sockets nor commands. Start reading at
 * {@link dev.zeroftpd.control.mailbox.Mailbox}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.mailbox;
