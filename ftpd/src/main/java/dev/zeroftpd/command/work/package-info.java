/**
 * What takes too long for a command thread: work that is done piece by piece on threads of its own, by turns between
 * accounts, while its session waits.
 *
 * <p>It knows no verb. Start reading at {@link dev.zeroftpd.command.work.WorkThreads}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.work;
