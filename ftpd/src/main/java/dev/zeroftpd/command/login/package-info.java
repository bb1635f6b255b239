/**
 * USER and PASS: who may log in, the queue in front of the password check, and what a login gives a session.
 *
 * <p>It knows nothing of files and transfers. Start reading at {@link dev.zeroftpd.command.login.PassCommand}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.login;
