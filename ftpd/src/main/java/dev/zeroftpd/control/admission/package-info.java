/**
 * What sessions may take of the server: places, time without a login, memory for what they send ahead, and threads.
 *
 * <p>It knows nothing of sockets, commands and replies. Start reading at {@link dev.zeroftpd.control.admission.Strangers}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.admission;
