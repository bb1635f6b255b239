/**
 * The one way in which the server makes a reply, what the control connection itself says, and how replies are put for an
 * embedder's clients.
 *
 * <p>It knows no mailbox and no command. Start reading at {@link dev.zeroftpd.control.reply.Reply}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.reply;
