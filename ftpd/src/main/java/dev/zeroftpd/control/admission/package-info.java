/**
 * Who gets a session, for how long without a login, and how much it may send ahead of its turn.
 *
 * <p>It knows nothing of sockets, commands and replies. Start reading at {@link dev.zeroftpd.control.admission.Strangers}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.admission;
