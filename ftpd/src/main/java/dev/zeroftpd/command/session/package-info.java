/**
 * Commands about the session and the server itself: AUTH, HELP, FEAT, OPTS, SITE, STAT, REIN, ABOR, QUIT.
 *
 * <p>They touch no file. Start reading at any of them; each stands alone.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.session;
