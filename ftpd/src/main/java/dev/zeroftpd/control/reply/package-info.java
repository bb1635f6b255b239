/**
 * The one way in which the server makes a reply, and what the control connection itself says.
 *
 * <p>It knows no session. Start reading at {@link dev.zeroftpd.control.reply.Reply}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.reply;
