/**
 * Guesses at passwords: what they cost the address and the name that they come from, and which addresses are kept out.
 *
 * <p>It knows nothing of sessions, accounts and replies. Start reading at {@link dev.zeroftpd.control.ban.Guesses}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.ban;
