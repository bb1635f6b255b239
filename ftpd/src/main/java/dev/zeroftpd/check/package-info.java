/**
 * Asks the operator's own program or server whether a client may log in, and reads what it answers. Nothing of it is loaded unless
 * {@code users.check} is set.
 *
 * <p>It is a source of accounts as those of plugins are, and knows neither sessions nor what an account is: answers are passed on as
 * lines. Start reading at {@link
 * dev.zeroftpd.check.Checks}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.check;
