/**
 * Who gets a session, and for how long without a login.
 *
 * <p>It knows nothing of sockets, commands and replies. Start reading at {@link dev.zeroftpd.control.admission.Strangers}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.admission;
