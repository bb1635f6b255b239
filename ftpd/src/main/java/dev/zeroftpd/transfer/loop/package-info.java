/**
 * Event loops: one selector and one thread each, timers, and what waits for a socket to be ready.
 *
 * <p>It knows no file and no transfer. Start reading at {@link dev.zeroftpd.transfer.loop.EventLoop}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.loop;
