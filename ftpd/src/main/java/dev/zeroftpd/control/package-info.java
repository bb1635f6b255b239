/**
 * The control connection: the listener, its filters, and how lines become commands that run in the session's mailbox.
 *
 * <p>It knows lines, commands and their order, but not what a verb does, and nothing about files. Start reading at
 * {@link dev.zeroftpd.control.ControlConnection} for what a command may ask for, and at
 * {@link dev.zeroftpd.control.ZeroCopyListener} for how it all hangs together.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control;
